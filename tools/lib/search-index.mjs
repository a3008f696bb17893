import { ToolError } from "./errors.mjs"
import { waitFor } from "./network.mjs"

const REQUEST_MS = 10_000
const INDEX_NAME = "product"
const NOTHING_INDEXED = { documents: 0, embeddable: 0, with_vector: 0 }
/** An index that makes no headway for this long won't be complete by waiting. */
const STALL_MS = 60_000
/** Even a slow machine embeds a catalogue of some hundred books in this time. */
const LIMIT_MS = 30 * 60_000

async function requestJson(url, options) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(REQUEST_MS) })
  if (!response.ok) throw new ToolError(`${url} answered ${response.status}.`)
  return response.json()
}

async function logIn(backendUrl, { email, password }) {
  const { token } = await requestJson(`${backendUrl}/auth/user/emailpass`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  })
  return token
}

/** What the plugin's status route tells, as far as it matters here. */
function readStatus({ indexes, status, findings }) {
  const index = indexes.find(({ name }) => name === INDEX_NAME)
  const version = index?.building ?? index?.active ?? NOTHING_INDEXED
  const { documents, embeddable, with_vector } = version
  return {
    ...{ documents, embeddable, vectors: with_vector },
    waiting: status.queue.waiting,
    isBuilding: Boolean(index?.building),
    problems: findings.map(({ problem, remedy }) => `${problem} ${remedy}`),
  }
}

/**
 * Waits until every product can be found by its meaning.
 *
 * @param {object} options
 * @param {string} options.backendUrl
 * @param {{ email: string, password: string }} options.admin
 * @param {number} options.expected How many products the index should hold at least.
 * @param {Promise<Error>} options.failed Resolves when the backend is gone.
 * @param {AbortSignal} options.signal
 * @param {{ count(done: number, of: number, unit: string): void }} options.report
 * @returns {Promise<string>} What the index holds, in words; says so if some books stay without a vector.
 * @throws {ToolError} Nothing at all was indexed.
 */
export async function waitForIndex({ backendUrl, admin, expected, failed, signal, report }) {
  const authorization = `Bearer ${await logIn(backendUrl, admin)}`
  let best = -1
  let lastHeadway = Date.now()

  return waitFor(
    async () => {
      const answer = await requestJson(`${backendUrl}/admin/semantic-search/status`, {
        headers: { authorization },
      })
      const { documents, embeddable, vectors, waiting, isBuilding, problems } = readStatus(answer)
      report.count(vectors, Math.max(expected, embeddable), "books with a vector")
      const isComplete = documents >= expected && vectors >= embeddable && waiting === 0
      if (isComplete && !isBuilding) {
        return `${documents} books, each found by its words and its meaning`
      }
      // Documents count as well: a rebuild writes them before it embeds them.
      if (documents + vectors > best) {
        best = documents + vectors
        lastHeadway = Date.now()
      }
      if (Date.now() - lastHeadway < STALL_MS) return undefined
      const state = `${documents} of ${expected} books indexed, ${vectors} with a vector, ${waiting} waiting`
      const what = [state, ...problems].join("; ")
      if (documents === 0) throw new ToolError(`The search index stays empty: ${what}`)
      return `NOT complete: ${what}`
    },
    { what: "The search index", limitMs: LIMIT_MS, signal, failed }
  )
}
