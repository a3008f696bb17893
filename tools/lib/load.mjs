import { Agent, request } from "node:http"
import { ToolError } from "./errors.mjs"

/** A search that takes longer than this is no search. */
const REQUEST_MS = 30_000

function post(url, { agent, headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      ...{ method: "POST", agent, timeout: REQUEST_MS },
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
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
 * Posts searches from so many clients at once, each the next as soon as it has its answer.
 *
 * @param {string} url
 * @param {object} options
 * @param {Record<string, string>} options.headers
 * @param {() => object} options.next The next request's body.
 * @param {number} options.clients
 * @param {(posted: number, elapsedMs: number) => boolean} options.until Whether it is enough.
 * @param {AbortSignal} [options.signal]
 * @param {(text: string) => void} [options.onAnswer] Gets each answer's text.
 * @returns {Promise<{ latencies: number[], ms: number }>} Milliseconds of each request, and of all.
 * @throws {ToolError} A search wasn't answered with success.
 */
export async function postSearches(url, { headers, next, clients, until, signal, onAnswer }) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const latencies = []
  const started = performance.now()
  let posted = 0
  const client = async () => {
    while (!until(posted, performance.now() - started)) {
      signal?.throwIfAborted()
      posted++
      const body = JSON.stringify(next())
      const begun = performance.now()
      const { status, text } = await post(url, { agent, headers, body })
      latencies.push(performance.now() - begun)
      if (status !== 200) {
        throw new ToolError(`A search was answered with ${status}: ${body} → ${text.slice(0, 300)}`)
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
