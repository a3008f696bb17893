import sql from "sql-template-tag"
import { identifier } from "./database"
import { pgvectorRuntime } from "./runtime"
import { refreshTermCounts } from "./storage/statistics"
import { buildVectorIndexes } from "./storage/vector-indexes"

/**
 * Tells that the last document of a rebuild has been handed over: the new version counts its words and
 * builds its vector index before it serves. Call it at the end of an index definition's `seed`; that of
 * `defineSemanticProductIndex` does so by itself. A version whose seed doesn't call it builds its vector
 * index half a minute after its documents have settled, and compares all vectors until then.
 *
 * @param root the `physical_name` of the index in the seed's context
 */
export async function finishSeed(root: string): Promise<void> {
  const runtime = pgvectorRuntime()
  if (!runtime) {
    return
  }
  const { catalogue, database } = runtime
  for (const index of await catalogue.list(root)) {
    await refreshTermCounts(database, catalogue, index, 0)
    await buildVectorIndexes(database, await runtime.extensions(), index)
    // Without it the planner would take the new version for an all but empty one until autovacuum comes.
    await database.query(sql`ANALYZE ${identifier(index.table)}`)
  }
}
