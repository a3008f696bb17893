import type { PgvectorRuntime } from "../../providers/pgvector/runtime"
import { lockTask, readProgress, saveProgress } from "../../providers/pgvector/storage/progress"
import sql from "sql-template-tag"

/** How far the comparison of an index with the store has come, or what the last one found. */
export interface ReconcileProgress {
  index: string
  /** ISO dates. */
  began_at: string
  /** Null while it runs, or where it was cut off. */
  finished_at: string | null
  /** The id of the last product that was compared; a run that was cut off goes on after it. */
  after: string | null
  /** Documents compared. */
  compared: number
  /** Documents that the index lacked. */
  missing: number
  /** Documents that it held in another form. */
  different: number
  /** Documents of products that don't exist. */
  extra: number
  /** The first ids of each kind. */
  examples: Record<"missing" | "different" | "extra", string[]>
  /** Why it was cut off, where it could still say so. */
  error: string | null
}

/** Longer than a page of products takes, in seconds: whoever is silent for so long is gone. */
const LEASE_SECONDS = 60

const TASK_PREFIX = "reconcile:"

/**
 * Takes the reconciliation of an index for this process.
 *
 * @returns how far a run that was cut off had come; undefined where there is none to go on with
 */
export async function takeReconciliation(
  { database }: PgvectorRuntime,
  index: string
): Promise<ReconcileProgress | "busy" | undefined> {
  const task = `${TASK_PREFIX}${index}`
  if (!(await lockTask(database, task, LEASE_SECONDS))) {
    return "busy"
  }
  const last = await readProgress<Partial<ReconcileProgress>>(database, task)
  return last?.began_at && !last.finished_at ? (last as ReconcileProgress) : undefined
}

/** Keeps how far a run has come; a run that has ended lets its index go. */
export async function saveReconciliation(
  { database }: PgvectorRuntime,
  progress: ReconcileProgress
): Promise<void> {
  const goesOn = !progress.finished_at && !progress.error
  await saveProgress(
    database,
    `${TASK_PREFIX}${progress.index}`,
    progress,
    goesOn ? LEASE_SECONDS : 0
  )
}

/** Since when Postgres runs, by the clock of this process. */
export async function databaseStartedAt({ database }: PgvectorRuntime): Promise<Date> {
  const [{ seconds }] = await database.query<{ seconds: number }>(sql`
    SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8 AS seconds`)
  return new Date(Date.now() - seconds * 1_000)
}

/** The last run of each index, or the one that is going on. */
export async function listReconciliations({
  database,
}: PgvectorRuntime): Promise<ReconcileProgress[]> {
  const rows = await database.query<{ state: ReconcileProgress }>(sql`
    SELECT state FROM semantic_search_progress
    WHERE starts_with(task, ${TASK_PREFIX}) AND jsonb_exists(state, 'began_at')
    ORDER BY task`)
  return rows.map(({ state }) => state)
}
