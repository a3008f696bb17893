import sql, { join, type Sql } from "sql-template-tag"
import { identifier, type StoreDatabase } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"

/**
 * How long an embedding is kept that no document of any index needs, in days. A product that comes back, a
 * text whose edit is undone and a return to the model before find theirs within this time.
 */
export const KEEP_UNUSED_DAYS = 7

/** How long a deletion is remembered, in days: longer than any reading of the store takes to arrive. */
export const KEEP_TOMBSTONES_DAYS = 7

/** What a pruning removed. */
export interface Pruned {
  embeddings: number
  jobs: number
  tombstones: number
}

/**
 * Removes what nobody needs: embeddings that no document has needed for a week, queued texts (those that
 * were set aside included) that no document has any more, and old tombstones. Where another process is
 * just pruning, nothing is done.
 *
 * A document that is written at the same moment may lose its place; the worker's repair gives it back.
 */
export async function prune(database: StoreDatabase, indexes: PhysicalIndex[]): Promise<Pruned> {
  return await database.transaction(async (transaction) => {
    const [{ mine }] = await transaction.query<{ mine: boolean }>(
      sql`SELECT pg_try_advisory_xact_lock(hashtextextended('semantic_search:prune', 0)) AS mine`
    )
    if (!mine) {
      return { embeddings: 0, jobs: 0, tombstones: 0 }
    }
    const embeddingNeeded = needed(indexes, sql`e.model`, sql`e.content_hash`)
    await transaction.query(sql`
      UPDATE semantic_search_embedding e SET unused_since = NULL
      WHERE unused_since IS NOT NULL AND ${embeddingNeeded}`)
    await transaction.query(sql`
      UPDATE semantic_search_embedding e SET unused_since = now()
      WHERE unused_since IS NULL AND NOT ${embeddingNeeded}`)
    const embeddings = await transaction.query(sql`
      DELETE FROM semantic_search_embedding
      WHERE unused_since < now() - ${KEEP_UNUSED_DAYS} * interval '1 day' RETURNING 1`)
    const jobs = await transaction.query(sql`
      DELETE FROM semantic_search_embedding_job j USING (
        SELECT model, content_hash FROM semantic_search_embedding_job q
        WHERE (locked_until IS NULL OR locked_until < now())
          AND NOT ${needed(indexes, sql`q.model`, sql`q.content_hash`)}
        ORDER BY model, content_hash FOR UPDATE SKIP LOCKED
      ) idle
      WHERE j.model = idle.model AND j.content_hash = idle.content_hash RETURNING 1`)
    const tombstones = await transaction.query(sql`
      DELETE FROM semantic_search_tombstone
      WHERE deleted_at < now() - ${KEEP_TOMBSTONES_DAYS} * interval '1 day' RETURNING 1`)
    return { embeddings: embeddings.length, jobs: jobs.length, tombstones: tombstones.length }
  })
}

/** Whether a document of any index has the text with this hash, embedded by this model. */
function needed(indexes: PhysicalIndex[], model: Sql, hash: Sql): Sql {
  const uses = indexes.flatMap(({ table, plan }) =>
    plan.vectors.flatMap(({ embedded }) => {
      if (!embedded) {
        return []
      }
      const column = identifier(embedded.hash_column)
      return [
        sql`SELECT ${embedded.model}::text AS model, ${column} AS content_hash
          FROM ${identifier(table)} WHERE ${column} IS NOT NULL`,
      ]
    })
  )
  return uses.length
    ? sql`EXISTS (
        SELECT 1 FROM (${join(uses, " UNION ALL ")}) u
        WHERE u.model = ${model} AND u.content_hash = ${hash})`
    : sql`FALSE`
}
