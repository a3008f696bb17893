import { createServer } from "node:http"

/** How long a server that didn't answer is left alone, in milliseconds. */
const REST_MS = 1_000

/** What may be asked of another server when one is gone: nothing has happened, and nothing is lost. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * One address before several servers, each asked in its turn; what they stream goes through as it comes.
 * A server that can't be reached is passed over for a second. What only reads is then asked of the next
 * one; anything else is answered with 502, as it may have happened.
 *
 * @param {object} options
 * @param {number} options.port
 * @param {string[]} options.targets The servers' addresses.
 * @returns {Promise<{ close(): Promise<void> }>}
 */
export async function startBalancer({ port, targets }) {
  // Installed with the other dependencies, which the tools that need it see to first.
  const { createProxyServer } = await import("http-proxy-3")
  const proxy = createProxyServer({ xfwd: true })
  const restingUntil = new Map()
  let turn = 0

  const forward = (request, response, tried) => {
    const rest = targets.filter((target) => !tried.includes(target))
    const awake = rest.filter((target) => (restingUntil.get(target) ?? 0) <= Date.now())
    const candidates = awake.length ? awake : rest
    if (!candidates.length) {
      response.writeHead(502, { "retry-after": "1" }).end("No server of the shop answers.")
      return
    }
    const target = candidates[turn++ % candidates.length]
    proxy.web(request, response, { target }, () => {
      restingUntil.set(target, Date.now() + REST_MS)
      if (response.headersSent) response.destroy()
      else if (REPEATABLE.has(request.method)) forward(request, response, [...tried, target])
      else response.writeHead(502, { "retry-after": "1" }).end("The server that was asked is gone.")
    })
  }

  const server = createServer((request, response) => forward(request, response, []))
  await new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "localhost", resolve)
  })
  // Whoever stops the servers behind it ends, without having to know of it.
  server.unref()
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
