import { connect, createServer } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { ToolError } from "./errors.mjs"

const POLL_MS = 150
/** One probe of a local server; a slower answer is as good as none. */
const PROBE_MS = 5_000
/** Some systems let a server take one address of a port while another server has the rest. */
const LOCAL_ADDRESSES = ["::", "0.0.0.0", "127.0.0.1", "::1"]
/** The machine has no such address, which says nothing about the port. */
const NO_SUCH_ADDRESS = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"])

/** Takes a port and lets it go again; answers with its number, or undefined where it's taken. */
function tryListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", (error) => {
      if (NO_SUCH_ADDRESS.has(error.code)) resolve(port)
      else if (error.code === "EADDRINUSE") resolve(undefined)
      else reject(error)
    })
    server.listen({ port, host, exclusive: true }, () => {
      const { port: given } = server.address()
      server.close(() => resolve(given))
    })
  })
}

/** Whether a server could take that port now, on every local address. */
export async function isPortFree(port) {
  for (const host of LOCAL_ADDRESSES) {
    if ((await tryListen(port, host)) === undefined) return false
  }
  return true
}

/** @throws {ToolError} The port is in use. */
export async function assertPortFree(port, { what, flag }) {
  if (await isPortFree(port)) return
  throw new ToolError(
    `Port ${port}, for ${what}, is in use by another program: stop that program, or choose a free port with ${flag}.`
  )
}

/** The preferred port if it is free, else one that the system picks. */
export async function findFreePort(preferred) {
  if (preferred && (await isPortFree(preferred))) return preferred
  return tryListen(0, "127.0.0.1")
}

/** Whether somebody takes connections at that port of this machine. */
export function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    const answer = (listening) => {
      socket.destroy()
      resolve(listening)
    }
    socket.once("connect", () => answer(true))
    socket.once("error", () => answer(false))
  })
}

/**
 * Waits until something holds, asking again and again.
 *
 * @template T
 * @param {() => Promise<T | undefined | false>} probe Truthy when it holds; what it throws ends the wait.
 * @param {object} options
 * @param {string} options.what What is waited for, for the error.
 * @param {number} options.limitMs
 * @param {AbortSignal} [options.signal]
 * @param {Promise<Error>} [options.failed] Ends the wait when it resolves: the service is gone.
 * @returns {Promise<T>}
 */
export async function waitFor(probe, { what, limitMs, signal, failed }) {
  let failure
  void failed?.then((error) => (failure = error))
  for (const deadline = Date.now() + limitMs; Date.now() < deadline;) {
    signal?.throwIfAborted()
    if (failure) throw failure
    const result = await probe()
    if (result) return result
    await sleep(POLL_MS)
  }
  throw new ToolError(`${what} was not ready after ${Math.round(limitMs / 1000)} s.`)
}

/** Waits until a GET of that address is answered with success. */
export function waitForUrl(url, options) {
  return waitFor(async () => {
    try {
      return (await fetch(url, { signal: AbortSignal.timeout(PROBE_MS) })).ok
    } catch {
      return false
    }
  }, options)
}
