import sql from "sql-template-tag"
import { ATTR_BATCH_SIZE, ATTR_MODEL, recordSpan } from "../../../telemetry"
import type { Database } from "../database"

/** A text that this worker is to embed. */
export interface EmbeddingJob {
  content_hash: string
  content: string
  /** How often embedding this text has failed so far. */
  attempts: number
}

/**
 * How long a claim holds, in seconds, unless it is renewed (see `Leases`): a worker that dies leaves its
 * texts to the others after this time.
 */
export const LEASE_SECONDS = 30

export interface Claim {
  model: string
  worker: string
  limit: number
  lease_seconds: number
}

/**
 * Claims up to `limit` texts that are due, oldest first. The claim is a lease, not a lock: nothing is
 * held open while the model computes, and `SKIP LOCKED` lets workers claim side by side.
 */
export async function claimJobs(
  database: Database,
  { model, worker, limit, lease_seconds }: Claim
): Promise<EmbeddingJob[]> {
  const started = Date.now()
  const jobs = await database.query<EmbeddingJob>(sql`
    UPDATE semantic_search_embedding_job j
    SET locked_by = ${worker}, locked_until = now() + ${lease_seconds} * interval '1 second'
    FROM (
      SELECT model, content_hash FROM semantic_search_embedding_job
      WHERE model = ${model} AND failed_at IS NULL AND run_at <= now()
        AND (locked_until IS NULL OR locked_until < now())
      ORDER BY run_at, content_hash
      LIMIT ${limit}
      FOR UPDATE SKIP LOCKED
    ) due
    WHERE j.model = due.model AND j.content_hash = due.content_hash
    RETURNING j.content_hash, j.content, j.attempts`)
  // An idle worker looks every second; only a look that found something is worth a span.
  if (jobs.length) {
    recordSpan("semantic_search.queue.claim", started, {
      [ATTR_MODEL]: model,
      [ATTR_BATCH_SIZE]: jobs.length,
    })
  }
  return jobs
}
