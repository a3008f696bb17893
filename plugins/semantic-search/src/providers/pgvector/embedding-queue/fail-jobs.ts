import sql, { join } from "sql-template-tag"
import type { Database } from "../database"

/** After this many failures of its own a text is set aside until somebody replays it. */
export const MAX_ATTEMPTS = 5

/** The longest pause before another attempt, in seconds. */
const MAX_BACK_OFF_SECONDS = 300

/** A worker's claim of a text. Where another worker has it by now, nothing is changed. */
export interface ClaimedText {
  model: string
  worker: string
  content_hash: string
}

/**
 * A text that can't be embedded: it is tried again after 2, 4, 8 … seconds, and set aside with its
 * error when it has failed too often. The rest of the queue goes on.
 */
export async function failJob(
  database: Database,
  { model, worker, content_hash, reason }: ClaimedText & { reason: string }
): Promise<void> {
  await database.query(sql`
    UPDATE semantic_search_embedding_job SET
      attempts = attempts + 1,
      run_at = now() + least(power(2, attempts + 1), ${MAX_BACK_OFF_SECONDS}) * interval '1 second',
      locked_by = NULL,
      locked_until = NULL,
      last_error = ${reason},
      failed_at = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN now() END
    WHERE model = ${model} AND content_hash = ${content_hash} AND locked_by = ${worker}`)
}

/** The embedder is down, which is no text's fault: the texts are given back and keep their attempts. */
export async function releaseJobs(
  database: Database,
  {
    model,
    worker,
    hashes,
    reason,
  }: { model: string; worker: string; hashes: string[]; reason: string }
): Promise<void> {
  // In the order in which the writers of documents lock them.
  await database.query(sql`
    UPDATE semantic_search_embedding_job j
    SET locked_by = NULL, locked_until = NULL, last_error = ${reason}
    FROM (
      SELECT model, content_hash FROM semantic_search_embedding_job
      WHERE model = ${model} AND locked_by = ${worker} AND content_hash IN (${join(hashes)})
      ORDER BY content_hash FOR UPDATE
    ) claimed
    WHERE j.model = claimed.model AND j.content_hash = claimed.content_hash`)
}
