import sql from "sql-template-tag"
import type { PgvectorRuntime } from "../../providers/pgvector/runtime"
import { readProgress, saveProgress } from "../../providers/pgvector/storage/progress"

/** A stretch of time in which price lists may have started, ended or been edited. */
export interface PriceListLook {
  since: Date
  until: Date
  /** The edits that earlier looks have seen, of those that may be seen again. */
  seen: string[]
}

const TASK = "price lists"

/**
 * Begins a look at what happened since the last one. The first one of all has nothing to look back to:
 * it is remembered, and finds nothing.
 *
 * @param now Default: the database's clock
 */
export async function beginLookAtPriceLists(
  runtime: PgvectorRuntime,
  now?: Date
): Promise<PriceListLook | undefined> {
  const until = now ?? (await databaseTime(runtime))
  const last = await readProgress<{ until?: string; seen?: string[] }>(runtime.database, TASK)
  if (!last?.until) {
    await endLookAtPriceLists(runtime, { until, seen: [] })
    return undefined
  }
  return { since: new Date(last.until), until, seen: last.seen ?? [] }
}

export async function endLookAtPriceLists(
  { database }: PgvectorRuntime,
  { until, seen }: Pick<PriceListLook, "until" | "seen">
): Promise<void> {
  await saveProgress(database, TASK, { until: until.toISOString(), seen })
}

async function databaseTime({ database }: PgvectorRuntime): Promise<Date> {
  const [{ now }] = await database.query<{ now: Date }>(sql`SELECT now() AS now`)
  return now
}
