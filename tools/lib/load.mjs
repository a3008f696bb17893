import { Agent, request } from "node:http"
import { ToolError } from "./errors.mjs"

/** A search that takes longer than this is no search. */
const REQUEST_MS = 30_000

/** Posts a body, or gets where there is none. */
function send(url, { agent, headers, body }) {
  return new Promise((resolve, reject) => {
    const posted = body && {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    }
    const sent = request(url, {
      ...{ method: body ? "POST" : "GET", agent, timeout: REQUEST_MS },
      headers: { ...headers, ...posted },
    })
    sent.on("response", (response) => {
      const chunks = []
      response.on("data", (chunk) => chunks.push(chunk))
      response.on("error", reject)
      response.on("end", () =>
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() })
      )
    })
    sent.on("timeout", () => sent.destroy(new Error(`no answer after ${REQUEST_MS / 1000} s`)))
    sent.on("error", reject)
    sent.end(body)
  })
}

/**
 * Sends requests from so many clients at once, each the next as soon as it has its answer.
 *
 * @param {object} options
 * @param {Record<string, string>} options.headers
 * @param {() => { url: string, body?: string }} options.next The next request; without a body, a GET.
 * @param {number} options.clients
 * @param {(sent: number, elapsedMs: number) => boolean} options.until Whether it is enough.
 * @param {AbortSignal} [options.signal]
 * @param {(text: string) => void} [options.onAnswer] Gets each answer's text.
 * @returns {Promise<{ latencies: number[], ms: number }>} Milliseconds of each request, and of all.
 * @throws {ToolError} A request wasn't answered with success.
 */
export async function sendRequests({ headers, next, clients, until, signal, onAnswer }) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const latencies = []
  const started = performance.now()
  let count = 0
  const client = async () => {
    while (!until(count, performance.now() - started)) {
      signal?.throwIfAborted()
      count++
      const { url, body } = next()
      const begun = performance.now()
      const { status, text } = await send(url, { agent, headers, body })
      latencies.push(performance.now() - begun)
      if (status !== 200) {
        throw new ToolError(
          `A search was answered with ${status}: ${body ?? url} → ${text.slice(0, 300)}`
        )
      }
      onAnswer?.(text)
    }
  }
  try {
    await Promise.all(Array.from({ length: clients }, client))
  } finally {
    agent.destroy()
  }
  return { latencies, ms: performance.now() - started }
}

/**
 * Posts searches; see `sendRequests`.
 *
 * @param {string} url
 * @param {object} options
 * @param {() => object} options.next The next search.
 */
export const postSearches = (url, { next, ...options }) =>
  sendRequests({ ...options, next: () => ({ url, body: JSON.stringify(next()) }) })

/**
 * A value that so many percent don't exceed (nearest rank).
 *
 * @param {number[]} values
 * @param {number} percent
 */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]
}

/** The middle, the least and the most of some values. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return { median: (middle[0] + middle[1]) / 2, low: sorted[0], high: sorted.at(-1) }
}
