import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { classOf, mean, measure, METRICS, REPORTED_METRICS } from "./metrics.mjs"
import { formatTable } from "./tables.mjs"

/** The measure by which engines are compared query by query. */
const MAIN = "ndcg@10"
const LOSSES = 10
const DIGITS = 4
/** Longer query texts are cut in tables. */
const TEXT_WIDTH = 48

const format = (value) => value.toFixed(DIGITS)
const cut = (text) => (text.length > TEXT_WIDTH ? `${text.slice(0, TEXT_WIDTH - 1)}…` : text)

/**
 * How well each engine did.
 *
 * @typedef {object} Scores
 * @property {{ id: string, text: string }[]} queries Those that count: with a relevant product.
 * @property {Record<string, Map<string, Record<string, number>>>} engines Engine → query id → measures.
 * @property {Record<string, number>} silent Engine → for how many of the other queries it found nothing.
 * @property {number} unanswerable How many those are.
 * @property {Record<string, string[]>} refused Engine → why it refused a query, one sentence a query.
 */

/**
 * Scores the engines' answers.
 *
 * @param {import("./judged-collection.mjs").Collection} collection
 * @param {Record<string, Record<string, { hits: [string, number][] } | { refused: string }>>} answers
 * @returns {Scores}
 */
export function score({ queries, qrels }, answers) {
  const counted = queries.filter(({ id }) => qrels.has(id))
  const others = queries.filter(({ id }) => !qrels.has(id))
  const idsOf = (answer) => (answer?.hits ?? []).map(([id]) => id)
  const engines = Object.entries(answers).map(([engine, byQuery]) => [
    engine,
    new Map(counted.map(({ id }) => [id, measure(idsOf(byQuery[id]), qrels.get(id))])),
  ])
  const refused = Object.entries(answers).map(([engine, byQuery]) => [
    engine,
    queries.flatMap(({ id, text }) =>
      byQuery[id]?.refused ? [`"${cut(text)}": ${byQuery[id].refused}`] : []
    ),
  ])
  const silent = Object.entries(answers).map(([engine, byQuery]) => [
    engine,
    others.filter(({ id }) => byQuery[id]?.hits?.length === 0).length,
  ])
  return {
    queries: counted,
    engines: Object.fromEntries(engines),
    silent: Object.fromEntries(silent),
    unanswerable: others.length,
    refused: Object.fromEntries(refused),
  }
}

/** What `--json` writes: a fixed form, for programs. */
export function toResult(name, { queries, engines }) {
  const figures = Object.entries(engines).map(([engine, values]) => {
    const means = mean([...values.values()])
    return [engine, Object.fromEntries(REPORTED_METRICS.map((metric) => [metric, means[metric]]))]
  })
  return { collection: name, queries: queries.length, engines: Object.fromEntries(figures) }
}

function classTable({ queries, engines }) {
  const classes = new Map()
  for (const { id } of queries) {
    const name = classOf(id)
    if (name) classes.set(name, [...(classes.get(name) ?? []), id])
  }
  if (classes.size < 2) return []
  const names = Object.keys(engines)
  const rows = [...classes]
    .sort()
    .map(([name, ids]) => [
      name,
      String(ids.length),
      ...names.map((engine) => format(mean(ids.map((id) => engines[engine].get(id)))[MAIN])),
    ])
  return ["", ...formatTable([`${MAIN} by class`, "queries", ...names], rows)]
}

/** The queries at which hybrid falls furthest behind the better of its halves. */
function lossTable({ queries, engines }) {
  const { keyword, semantic, hybrid } = engines
  const at = (values, id) => values.get(id)[MAIN]
  const losses = queries
    .map(({ id, text }) => ({
      ...{ id, text },
      loss: Math.max(at(keyword, id), at(semantic, id)) - at(hybrid, id),
    }))
    .filter(({ loss }) => loss > 0)
    .sort((a, b) => b.loss - a.loss)
  const count = losses.length
  const title = `Hybrid is behind its better half in ${count} of ${queries.length} queries.`
  if (!count) return ["", title]
  const names = Object.keys(engines)
  const rows = losses
    .slice(0, LOSSES)
    .map(({ id, text, loss }) => [
      ...[id, cut(text), `-${format(loss)}`],
      ...names.map((engine) => format(at(engines[engine], id))),
    ])
  const head = ["query", "text", "loss", ...names]
  return ["", `${title} Most of all:`, ...formatTable(head, rows, { texts: 2 })]
}

function silences({ silent, unanswerable }) {
  if (!unanswerable) return []
  const counts = Object.entries(silent).map(([engine, count]) => `${engine} ${count}`)
  return [
    "",
    `Of ${unanswerable} queries without a relevant product, found nothing for: ${counts.join(", ")}`,
  ]
}

function refusals({ refused }) {
  return Object.entries(refused).flatMap(([engine, reasons]) =>
    reasons.length ? ["", `Refused by ${engine}: ${reasons.length}, such as ${reasons[0]}`] : []
  )
}

/** The whole report, as lines for people. */
export function describe(name, scores) {
  const rows = Object.entries(scores.engines).map(([engine, values]) => {
    const means = mean([...values.values()])
    return [engine, ...METRICS.map((metric) => format(means[metric]))]
  })
  return [
    `${name}: ${scores.queries.length} queries with a relevant product`,
    "",
    ...formatTable(["engine", ...METRICS], rows),
    ...classTable(scores),
    ...lossTable(scores),
    ...silences(scores),
    ...refusals(scores),
  ]
}

/** Writes a file that others read, with the folders above it. */
export function writeFile(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/**
 * Writes each engine's run, `ENGINE.tsv` with `query id, product id, score` best first, and
 * `per-query.tsv` with every query's measures.
 */
export function writeRuns(directory, answers, { queries, engines }) {
  for (const [engine, byQuery] of Object.entries(answers)) {
    const lines = Object.entries(byQuery).flatMap(([query, { hits = [] }]) =>
      hits.map(([id, score]) => `${query}\t${id}\t${score}\n`)
    )
    writeFile(join(directory, `${engine}.tsv`), lines.join(""))
  }
  const head = ["query", "text", "engine", ...METRICS].join("\t")
  const lines = queries.flatMap(({ id, text }) =>
    Object.entries(engines).map(([engine, values]) =>
      [id, text, engine, ...METRICS.map((metric) => format(values.get(id)[metric]))].join("\t")
    )
  )
  writeFile(join(directory, "per-query.tsv"), `${[head, ...lines].join("\n")}\n`)
}
