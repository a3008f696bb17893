import { randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import type { Database } from "../../providers/pgvector/database"
import { saveProgress } from "../../providers/pgvector/storage/progress"

/** A process that is silent for so long is gone, in seconds. */
const LEASE_SECONDS = 30

/** How often it gives a sign of life, in milliseconds. */
const HEARTBEAT_MS = 10_000

/**
 * When a script under `medusa exec` does first. It ends without closing anything, and would be taken for
 * lost each time; one that takes longer may have changed something.
 */
const FIRST_OF_SCRIPT_MS = 5_000

const TASK_PREFIX = "process:"

/**
 * What a process leaves behind that ends without a farewell: a row in the database that nobody renews. Of
 * the changes that such a process made it may have told nobody, since events come after the change.
 */
export class ProcessLease {
  private readonly task_ = `${TASK_PREFIX}${randomUUID()}`
  private timer_: NodeJS.Timeout | undefined
  private beating_: Promise<void> | undefined

  constructor(private readonly database_: Database) {}

  start(): void {
    this.schedule(process.argv[2] === "exec" ? FIRST_OF_SCRIPT_MS : 0)
  }

  /** Says farewell. */
  async stop(): Promise<void> {
    clearTimeout(this.timer_)
    this.timer_ = undefined
    await this.beating_
    await this.database_
      .query(sql`DELETE FROM semantic_search_progress WHERE task = ${this.task_}`)
      // Whoever can't say it is missed, which costs one comparison.
      .catch(() => undefined)
  }

  private schedule(ms: number): void {
    this.timer_ = setTimeout(() => {
      this.beating_ = this.beat().finally(() => {
        this.beating_ = undefined
        if (this.timer_) {
          this.schedule(HEARTBEAT_MS)
        }
      })
    }, ms)
    this.timer_.unref()
  }

  /** While the database is away no process can be told from one that is gone. */
  private async beat(): Promise<void> {
    await saveProgress(this.database_, this.task_, {}, LEASE_SECONDS).catch(() => undefined)
  }
}

/** Forgets the processes that are gone without a farewell. Returns how many there were. */
export async function takeLostProcesses(database: Database): Promise<number> {
  const rows = await database.query(sql`
    DELETE FROM semantic_search_progress
    WHERE starts_with(task, ${TASK_PREFIX}) AND locked_until < clock_timestamp()
    RETURNING task`)
  return rows.length
}
