import { OURS } from "./bench-scenarios.mjs"
import { activeIndex, round, search } from "./bench-target.mjs"
import { withDatabase } from "./database.mjs"
import { FILTERS, productId, seededRandom } from "./generated-catalogue.mjs"

const RECALL_QUERIES = 100
const RECALL_DEPTH = 10

/** How many percent of the products pass, and by which filter. */
const SHARES = [
  [100, {}],
  [10, FILTERS[10]],
  [1, FILTERS[1]],
]

/** Points between two products each: near to some, and equal to none. */
async function queryVectors(query, { table, column, count }) {
  const random = seededRandom(count)
  const ids = Array.from({ length: 2 * RECALL_QUERIES }, () =>
    productId(Math.floor(random() * count))
  )
  const rows = await query(
    `select id, ${column}::text as vector from ${table} where id = any($1)`,
    [ids]
  )
  const vectors = new Map(rows.map(({ id, vector }) => [id, JSON.parse(vector)]))
  return Array.from({ length: RECALL_QUERIES }, (_, i) => {
    const [a, b] = [vectors.get(ids[2 * i]), vectors.get(ids[2 * i + 1])]
    const sum = a.map((value, i) => value + b[i])
    const length = Math.hypot(...sum)
    return sum.map((value) => round(value / length, 6))
  })
}

/**
 * How many of the nearest ten, found by looking at all, the search finds; under filters that all, a
 * tenth and a hundredth of the products pass.
 *
 * @param {import("./bench-target.mjs").Target} target
 * @returns {Promise<{ filter_percent: number, "recall@10": number, full_pages: number }[]>}
 *   `full_pages`: the share of the pages that hold ten products, or all there are.
 */
export async function measureRecall(target, report) {
  const { databaseUrl, dataset } = target
  const physicalName = await activeIndex(target, OURS)
  return withDatabase(databaseUrl, async (query) => {
    const [{ table, column, type }] = await query(
      `select quote_ident(c.relname) as "table", quote_ident(a.attname) as "column", t.typname as type
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       join pg_type t on t.oid = a.atttypid and t.typname in ('vector', 'halfvec')
       where c.relkind = 'r' and c.relname ~ ('_' || $1 || '$') order by a.attnum limit 1`,
      [physicalName]
    )
    const vectors = await queryVectors(query, { table, column, count: dataset.count })
    // Without index scans all rows are looked at.
    await query("set enable_indexscan = off")
    const shares = []
    for (const [percent, filters] of SHARES) {
      let found = 0
      let wanted = 0
      let full = 0
      for (const [i, vector] of vectors.entries()) {
        report.count(i, vectors.length, `queries under a filter of ${percent} %`)
        const rows = await query(
          `select id from ${table} where document @> $1 order by ${column} <=> $2::${type}, id limit ${RECALL_DEPTH}`,
          [JSON.stringify(filters), JSON.stringify(vector)]
        )
        const exact = new Set(rows.map(({ id }) => id))
        const ids = await nearest(target, filters, vector)
        wanted += exact.size
        found += ids.filter((id) => exact.has(id)).length
        full += ids.length >= exact.size ? 1 : 0
      }
      shares.push({
        filter_percent: percent,
        "recall@10": round(found / wanted, 4),
        full_pages: round(full / vectors.length, 4),
      })
    }
    return shares
  })
}

/** The ids that a search by that vector finds. */
async function nearest(target, filters, value) {
  let answer
  await search(target, {
    clients: 1,
    until: (posted) => posted >= 1,
    onAnswer: (text) => (answer = JSON.parse(text)),
    next: () => ({
      entity: target.dataset.indexes[OURS],
      fields: ["id"],
      filters,
      pagination: { take: RECALL_DEPTH },
      search_options: { vector: { value }, count: "none" },
    }),
  })
  return answer.results[0].hits.map(({ id }) => id)
}
