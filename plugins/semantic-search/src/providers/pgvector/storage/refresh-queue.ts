import sql from "sql-template-tag"
import type { Database } from "../database"

/** Products that one worker has in hand. */
export interface RefreshClaim {
  ids: string[]
  /** What to give back when they are done; not to be looked into. */
  marks: { id: string; marked_at: string }[]
}

/** How long a worker may take before others may take its products over, in seconds. */
const LEASE_SECONDS = 60

/**
 * Queues products whose documents are to be built anew. One that waits already is there once; one that
 * is just being read is read again.
 */
export async function queueForRefresh(database: Database, ids: string[]): Promise<void> {
  if (!ids.length) {
    return
  }
  await database.query(sql`
    INSERT INTO semantic_search_refresh AS r (id)
    SELECT DISTINCT id FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) AS id
    ORDER BY id
    ON CONFLICT (id) DO UPDATE SET marked_at = excluded.marked_at
    WHERE r.claimed_until IS NOT NULL`)
}

/** Takes the products that have waited longest; undefined when none waits. */
export async function claimForRefresh(
  database: Database,
  limit: number
): Promise<RefreshClaim | undefined> {
  // The moment travels as text: a Date of JavaScript would cut its microseconds off.
  const marks = await database.query<{ id: string; marked_at: string }>(sql`
    UPDATE semantic_search_refresh SET
      claimed_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    WHERE id IN (
      SELECT id FROM semantic_search_refresh
      WHERE claimed_until IS NULL OR claimed_until < clock_timestamp()
      ORDER BY marked_at, id
      LIMIT ${limit}
      FOR UPDATE SKIP LOCKED)
    RETURNING id, marked_at::text AS marked_at`)
  return marks.length ? { ids: marks.map(({ id }) => id).sort(), marks } : undefined
}

/** Takes refreshed products out of the queue, but for those that were queued again meanwhile. */
export async function completeRefresh(
  database: Database,
  marks: RefreshClaim["marks"]
): Promise<void> {
  const done = sql`jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS done(id text, marked_at timestamptz)`
  await database.query(sql`
    DELETE FROM semantic_search_refresh r USING ${done}
    WHERE r.id = done.id AND r.marked_at = done.marked_at`)
  await database.query(sql`
    UPDATE semantic_search_refresh r SET claimed_until = NULL FROM ${done} WHERE r.id = done.id`)
}

/** How many products wait for their documents to be built anew. */
export async function countForRefresh(database: Database): Promise<number> {
  const [{ count }] = await database.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM semantic_search_refresh`
  )
  return count
}
