import sql from "sql-template-tag"
import type { Database } from "../database"

/*
 * Work that is done now and then, and goes on where it stopped: how far it has come survives the
 * process, and only one process does it at a time. The lock is a lease, since no connection may be held
 * while work goes on; it ends by itself when its holder dies.
 */

/** How far a task has come; undefined before its first time. */
export async function readProgress<State>(
  database: Database,
  task: string
): Promise<State | undefined> {
  const [row] = await database.query<{ state: State }>(
    sql`SELECT state FROM semantic_search_progress WHERE task = ${task}`
  )
  return row?.state
}

/**
 * Takes a task, unless somebody else has it.
 *
 * @param seconds how long it is held if nothing more is heard of its holder
 * @returns whether it was free
 */
export async function lockTask(
  database: Database,
  task: string,
  seconds: number
): Promise<boolean> {
  const rows = await database.query(sql`
    INSERT INTO semantic_search_progress AS p (task, state, locked_until)
    VALUES (${task}, '{}'::jsonb, clock_timestamp() + make_interval(secs => ${seconds}))
    ON CONFLICT (task) DO UPDATE SET locked_until = excluded.locked_until
    WHERE p.locked_until IS NULL OR p.locked_until < clock_timestamp()
    RETURNING task`)
  return rows.length > 0
}

/** Writes how far a task has come, and holds it for so many seconds more; 0 lets it go. */
export async function saveProgress(
  database: Database,
  task: string,
  state: object,
  seconds = 0
): Promise<void> {
  await database.query(sql`
    INSERT INTO semantic_search_progress (task, state, locked_until)
    VALUES (${task}, ${JSON.stringify(state)}::jsonb,
      CASE WHEN ${seconds} > 0 THEN clock_timestamp() + make_interval(secs => ${seconds}) END)
    ON CONFLICT (task) DO UPDATE SET
      state = excluded.state, locked_until = excluded.locked_until`)
}
