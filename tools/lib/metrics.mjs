/** Names of the measures, in the order in which they are shown. */
export const METRICS = ["ndcg@10", "ndcg'@10", "mrr@10", "recall@100", "judged@10"]

/** The measures that a result file holds. */
export const REPORTED_METRICS = ["ndcg@10", "mrr@10", "recall@100"]

/** How far down a result list the measures look, and how far recall does. */
const DEPTH = 10
const RECALL_DEPTH = 100
/** The lowest grade that makes a product relevant. */
const RELEVANT = 1

/** Gain is the grade itself, as in trec_eval; it counts less the further down the product stands. */
const discounted = (grades) =>
  grades.slice(0, DEPTH).reduce((sum, grade, i) => sum + Math.max(grade, 0) / Math.log2(i + 2), 0)

/** Whether a query counts: one that has no relevant product can't be answered well or badly. */
export const isAnswerable = (grades) => [...grades.values()].some((grade) => grade >= RELEVANT)

/**
 * The measures of one result list.
 *
 * @param {string[]} ids Product ids, best first, none twice.
 * @param {Map<string, number>} grades What was judged for the query: product id → grade.
 * @returns {Record<string, number>} A value for each of {@link METRICS}. `ndcg'@10` looks at the
 *   judged products alone; `judged@10` says how many of the first ten somebody judged.
 */
export function measure(ids, grades) {
  const gradeOf = (id) => grades.get(id) ?? 0
  const ideal = discounted([...grades.values()].sort((a, b) => b - a))
  const judged = ids.filter((id) => grades.has(id))
  const first = ids.slice(0, DEPTH).findIndex((id) => gradeOf(id) >= RELEVANT)
  const relevant = [...grades].filter(([, grade]) => grade >= RELEVANT).map(([id]) => id)
  const found = new Set(ids.slice(0, RECALL_DEPTH))
  const shown = ids.slice(0, DEPTH)
  return {
    "ndcg@10": ideal ? discounted(ids.map(gradeOf)) / ideal : 0,
    "ndcg'@10": ideal ? discounted(judged.map(gradeOf)) / ideal : 0,
    "mrr@10": first < 0 ? 0 : 1 / (first + 1),
    "recall@100": relevant.filter((id) => found.has(id)).length / relevant.length,
    "judged@10": shown.filter((id) => grades.has(id)).length / Math.max(1, shown.length),
  }
}

/**
 * The means over queries.
 *
 * @param {Record<string, number>[]} values Of each query, as {@link measure} gives them.
 * @returns {Record<string, number>}
 */
export function mean(values) {
  return Object.fromEntries(
    METRICS.map((name) => [
      name,
      values.reduce((sum, value) => sum + value[name], 0) / Math.max(1, values.length),
    ])
  )
}

/** The class of a query by its id: "topic" for `topic-001`; undefined for an id without a prefix. */
export const classOf = (id) => id.match(/^(.+)-[^-]*$/)?.[1]
