/** An answer as it came, whatever its status. */
export interface Answer {
  status: number
  /** The parsed JSON, or the text where it is none. */
  body: unknown
}

/** Sends a request. Nothing but a broken connection throws. */
export async function send(
  url: string,
  {
    method = "GET",
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: unknown } = {}
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      // A form's type bears the boundary that `fetch` chooses.
      ...(body === undefined || body instanceof FormData
        ? {}
        : { "content-type": "application/json" }),
      ...headers,
    },
    // A text is sent as it stands, so that broken JSON can be sent as well.
    body: typeof body === "string" || body instanceof FormData ? body : JSON.stringify(body),
  })
  const text = await response.text()
  try {
    return { status: response.status, body: JSON.parse(text) }
  } catch {
    return { status: response.status, body: text }
  }
}
