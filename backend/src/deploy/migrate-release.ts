import { setTimeout as pause } from "node:timers/promises"
import { Client } from "@medusajs/framework/pg"

/** Any number will do, as long as all releases use the same: the bytes of "libro". */
const LOCK = 0x6c_69_62_72_6f

const LOOK_AGAIN_MS = 1_000
const CONNECT_MS = 10_000

/** What a database answers that is only starting, or whose name isn't known yet. */
const NOT_YET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "57P03",
])

export interface MigrateOptions {
  /** PostgreSQL itself, or a pooler in session mode: the lock belongs to the connection. */
  databaseUrl: string
  /** What is deployed, such as the image's digest. */
  release: string
  /** Leaves a database alone that this release has migrated before. */
  once: boolean
  /** How long the database may take to come up, in milliseconds. */
  databaseWaitMs: number
  /** Migrates. Aborted when the lock is lost with its connection: another process may have begun. */
  migrate: (signal: AbortSignal) => Promise<void>
  /** Tells of what takes long. */
  report: (message: string) => void
}

/**
 * Migrates the database under a lock: of processes that start together one works, and the others wait
 * until it is done. A migration that succeeded is remembered by its release, in the table
 * `libro_release`.
 *
 * @returns whether there was anything to do
 * @throws what `migrate` threw, and what keeps the database from being reached
 */
export async function migrateRelease(options: MigrateOptions): Promise<boolean> {
  const { release, once, migrate } = options
  const client = await connect(options)
  const lost = new AbortController()
  client.on("error", (error) => lost.abort(error))
  try {
    await takeLock(client, options)
    await client.query(
      `CREATE TABLE IF NOT EXISTS libro_release (
        release text PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now())`
    )
    const known = await client.query("SELECT FROM libro_release WHERE release = $1", [release])
    if (once && known.rowCount) {
      return false
    }
    await migrate(lost.signal)
    await client.query(
      `INSERT INTO libro_release (release) VALUES ($1)
       ON CONFLICT (release) DO UPDATE SET migrated_at = now()`,
      [release]
    )
    return true
  } finally {
    // Gives the lock back as well.
    await client.end().catch(() => undefined)
  }
}

async function connect({ databaseUrl, databaseWaitMs, report }: MigrateOptions): Promise<Client> {
  const until = Date.now() + databaseWaitMs
  for (let told = false; ; told = true) {
    const client = new Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    try {
      await client.connect()
      return client
    } catch (error) {
      const { code = "", message } = error as Error & { code?: string }
      if (!NOT_YET.has(code) || Date.now() >= until) {
        throw error
      }
      if (!told) {
        report(`waiting for the database: ${message || code}`)
      }
      await pause(LOOK_AGAIN_MS)
    }
  }
}

/**
 * Asks again and again, rather than waiting in Postgres: a statement that waits holds a snapshot, and
 * a `CREATE INDEX CONCURRENTLY` of the process that has the lock would wait for it in turn.
 */
async function takeLock(client: Client, { report }: MigrateOptions): Promise<void> {
  for (let told = false; ; told = true) {
    const { rows } = await client.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock($1) AS taken",
      [LOCK]
    )
    if (rows[0].taken) {
      return
    }
    if (!told) {
      report("another process migrates; waiting for it to end")
    }
    await pause(LOOK_AGAIN_MS)
  }
}
