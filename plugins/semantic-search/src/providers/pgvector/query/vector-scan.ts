import sql, { raw, type Sql } from "sql-template-tag"
import type { StoreDatabase } from "../database"

/** `hnsw.ef_search` has a range of its own: how many candidates one pass over the graph keeps. */
const EF_SEARCH = { min: 40, max: 1_000 }

/**
 * How many candidates are kept for each document that is looked for. Up to 10,000 documents as many as
 * are looked for find 99.8 % of the ten nearest; at 100,000 that finds 96 %, and 2.5 times as many 98.5 %
 * (of generated products, 384 dimensions; docs/benchmark.md).
 */
function candidatesPerHit(documents: number): number {
  return 1 + 1.5 * Math.max(0, Math.log10(documents / 10_000))
}

/**
 * Runs a statement under the settings of the vector index: a window of `window` is found in one pass,
 * and the scan goes on when a filter left too few, so that filters never empty a page. That the index is
 * used has been decided (`FilterSelectivity`); the planner would often compare all documents instead,
 * since it doesn't reckon what it takes to fetch their vectors. Every plan but the index's has to sort.
 *
 * The settings end with a transaction, which begins with them in one round trip.
 */
export async function queryByVector<Row>(
  database: StoreDatabase,
  { window, documents }: { window: number; documents: number },
  statement: Sql
): Promise<Row[]> {
  const wanted = Math.ceil(window * candidatesPerHit(documents))
  const efSearch = Math.min(Math.max(wanted, EF_SEARCH.min), EF_SEARCH.max)
  const begin = raw(`BEGIN READ ONLY;
    SET LOCAL hnsw.iterative_scan = strict_order;
    SET LOCAL hnsw.ef_search = ${efSearch};
    SET LOCAL enable_sort = off`)
  return await database.onOneConnection<Row>([begin, statement], sql`COMMIT`)
}
