import { createServer } from "node:http"

/** How long a server that didn't answer is left alone, in milliseconds. */
const REST_MS = 1_000

/** What may be asked of another server when one is gone: nothing has happened, and nothing is lost. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * One address before several servers, each asked in its turn; what they stream goes through as it comes.
 * A server that can't be reached is passed over for a second. What only reads is then asked of the next
 * one; anything else is answered with 502, as it may have happened. An answer that a server leaves
 * unfinished breaks off, so that nobody waits for its end.
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
  const rest = (target) => restingUntil.set(target, Date.now() + REST_MS)
  const targetOf = new WeakMap()
  let turn = 0

  proxy.on("proxyRes", (answer, _request, response) => {
    // Said of the connection to the server, which each request opens anew. Handed on, it has clients such
    // as Node's take an answer that breaks off for one that is whole.
    delete answer.headers.connection
    answer.once("close", () => {
      if (answer.complete) return
      // Either the server is gone, or whoever asked is; that one needs no end.
      if (!response.destroyed) rest(targetOf.get(response))
      response.destroy()
    })
  })

  const forward = (request, response, tried) => {
    const untried = targets.filter((target) => !tried.includes(target))
    const awake = untried.filter((target) => (restingUntil.get(target) ?? 0) <= Date.now())
    const candidates = awake.length ? awake : untried
    if (!candidates.length) {
      response.writeHead(502, { "retry-after": "1" }).end("No server of the shop answers.")
      return
    }
    const target = candidates[turn++ % candidates.length]
    targetOf.set(response, target)
    proxy.web(request, response, { target }, () => {
      rest(target)
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
