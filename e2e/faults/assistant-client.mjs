const ANSWER_LIMIT_MS = 60_000

/**
 * Asks the assistant as a shopper does who sits behind a proxy on this machine.
 *
 * @param {string} url Of a server of the shop, or of the address before all of them.
 * @param {string} publishableKey
 * @param {object} shopper
 * @param {string} shopper.address Where the shopper is, by the proxy's word.
 * @param {string} [shopper.token] That of a customer who is logged in.
 */
export async function ask(url, publishableKey, { address, token }) {
  const response = await fetch(`${url}/store/assistant`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-publishable-api-key": publishableKey,
      "x-forwarded-for": address,
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      messages: [{ role: "user", parts: [{ type: "text", text: "a book about sundials" }] }],
    }),
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  })
  const { status, headers, body } = response
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ""
  /** Reads on; answers whether there was more. */
  const read = async () => {
    const { done, value } = await reader.read()
    text += decoder.decode(value, { stream: !done })
    return !done
  }
  return {
    status,
    type: headers.get("content-type"),
    retryAfter: Number(headers.get("retry-after")),

    /** Reads until the answer holds a text. @throws {Error} It ended without. */
    async until(wanted) {
      while (!text.includes(wanted)) {
        if (!(await read())) throw new Error(`The answer ended without "${wanted}": ${text}`)
      }
    },

    /** Reads to the end, or to where it breaks off, and answers with all of it. */
    async rest() {
      try {
        while (await read());
        return { text, broken: false }
      } catch {
        return { text, broken: true }
      }
    },

    /** Leaves. */
    leave: () => reader.cancel(),
  }
}
