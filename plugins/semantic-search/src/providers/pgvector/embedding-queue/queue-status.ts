import sql, { join } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"

/** How many documents an index holds, and how many of them have their vectors. */
export interface VectorCoverage {
  documents: number
  /** Documents that have a text to embed. */
  embeddable: number
  with_vector: number
}

/** What waits in the queue of a model. */
export interface QueueStatus {
  /** Texts that will be embedded. */
  waiting: number
  /** Age of the oldest of them, in seconds; 0 when there is none. */
  oldest_seconds: number
  /** Texts that were set aside after too many failures. */
  failed: number
  last_error: string | null
}

export async function vectorCoverage(
  database: Database,
  { table, plan }: Pick<PhysicalIndex, "table" | "plan">
): Promise<VectorCoverage> {
  const embedded = plan.vectors.find((vector) => vector.embedded)
  const [embeddable, filled] = embedded?.embedded
    ? [
        sql`count(${identifier(embedded.embedded.hash_column)})::int`,
        sql`count(${identifier(embedded.column)})::int`,
      ]
    : [sql`0`, sql`0`]
  const [row] = await database.query<VectorCoverage>(sql`
    SELECT count(*)::int AS documents, ${embeddable} AS embeddable, ${filled} AS with_vector
    FROM ${identifier(table)}`)
  return row
}

export async function queueStatus(database: Database, model: string): Promise<QueueStatus> {
  const [row] = await database.query<QueueStatus>(sql`
    SELECT count(*) FILTER (WHERE failed_at IS NULL)::int AS waiting,
      coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE failed_at IS NULL)), 0)::float8
        AS oldest_seconds,
      count(*) FILTER (WHERE failed_at IS NOT NULL AND discarded_at IS NULL)::int AS failed,
      (array_agg(last_error ORDER BY failed_at DESC NULLS LAST, run_at DESC)
        FILTER (WHERE last_error IS NOT NULL AND discarded_at IS NULL))[1] AS last_error
    FROM semantic_search_embedding_job WHERE model = ${model}`)
  return row
}

/** How many documents of an index have a text and no vector of it yet: they are found by keyword only. */
export async function documentsWithoutVector(
  database: Database,
  { table, plan }: Pick<PhysicalIndex, "table" | "plan">
): Promise<number> {
  // Each field has an index that holds only what waits, so the rest isn't read.
  const missing = plan.vectors.flatMap(({ column, embedded }) =>
    embedded
      ? [sql`(${identifier(column)} IS NULL AND ${identifier(embedded.hash_column)} IS NOT NULL)`]
      : []
  )
  if (!missing.length) {
    return 0
  }
  const [{ count }] = await database.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM ${identifier(table)} WHERE ${join(missing, " OR ")}`
  )
  return count
}

/** How many documents of an index still wait for a vector that may come. */
export async function waitingDocuments(
  database: Database,
  { table, plan }: Pick<PhysicalIndex, "table" | "plan">
): Promise<number> {
  let waiting = 0
  for (const { column, embedded } of plan.vectors) {
    if (!embedded) {
      continue
    }
    const hash = identifier(embedded.hash_column)
    const [row] = await database.query<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM ${identifier(table)} d
      WHERE d.${identifier(column)} IS NULL AND d.${hash} IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM semantic_search_embedding_job j
          WHERE j.model = ${embedded.model} AND j.content_hash = d.${hash} AND j.failed_at IS NOT NULL)`)
    waiting += row.count
  }
  return waiting
}
