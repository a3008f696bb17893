import sql from "sql-template-tag"
import type { Database, StoreDatabase } from "../database"

/** `hnsw.ef_search` has a range of its own: how many candidates one pass over the graph keeps. */
const EF_SEARCH = { min: 40, max: 1_000 }

/**
 * Runs a statement under the settings of the vector index: a window of `window` is found in one pass,
 * and the scan goes on when a filter left too few, so that filters never empty a page. That the index is
 * used has been decided (`FilterSelectivity`); the planner would often compare all documents instead,
 * since it doesn't reckon what it takes to fetch their vectors. Every plan but the index's has to sort.
 */
export async function withVectorScan<T>(
  database: StoreDatabase,
  window: number,
  run: (database: Database) => Promise<T>
): Promise<T> {
  const efSearch = Math.min(Math.max(window, EF_SEARCH.min), EF_SEARCH.max)
  return await database.transaction(async (transaction) => {
    await transaction.query(sql`
      SELECT set_config('hnsw.iterative_scan', 'strict_order', true),
        set_config('hnsw.ef_search', ${String(efSearch)}, true),
        set_config('enable_sort', 'off', true)`)
    return await run(transaction)
  })
}
