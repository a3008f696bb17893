import sql from "sql-template-tag"
import type { Database } from "../../providers/pgvector/database"
import {
  documentsWithoutVector,
  queueStatus,
  vectorCoverage,
} from "../../providers/pgvector/embedding-queue/queue-status"
import type { PgvectorRuntime } from "../../providers/pgvector/runtime"
import { activeIndexNames } from "../../providers/pgvector/storage/active-indexes"
import type { ObservedState } from "../../telemetry"

/** What the metrics tell of the queue and of the indexes that serve reads. */
export async function readObservedState({
  database,
  catalogue,
  embedder,
}: PgvectorRuntime): Promise<ObservedState> {
  const active = await activeIndexNames(database)
  const serving = (await catalogue.list()).filter(({ name }) => active.has(name))
  const indexes: ObservedState["indexes"] = []
  for (const index of serving) {
    const { documents } = await vectorCoverage(database, index)
    const without_vector = await documentsWithoutVector(database, index)
    indexes.push({ index: index.root, documents, without_vector })
  }
  return {
    model: embedder.id,
    queue: await queueStatus(database, embedder.id),
    refresh: await refreshStatus(database),
    pool: database.pool(),
    indexes,
  }
}

async function refreshStatus(database: Database): Promise<ObservedState["refresh"]> {
  const [row] = await database.query<ObservedState["refresh"]>(sql`
    SELECT count(*)::int AS waiting,
      coalesce(extract(epoch FROM clock_timestamp() - min(marked_at)), 0)::float8 AS oldest_seconds
    FROM semantic_search_refresh`)
  return row
}
