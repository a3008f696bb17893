import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { Client } from "@medusajs/framework/pg"
import { migrateRelease, type MigrateOptions } from "../../src/deploy/migrate-release"

const { DB_HOST = "localhost", DB_PORT = "5432", DB_USERNAME = "", DB_PASSWORD = "" } = process.env
const user = encodeURIComponent(DB_USERNAME)
const server = `postgres://${user}:${encodeURIComponent(DB_PASSWORD)}@${DB_HOST}:${DB_PORT}`
const database = `migrate_release_${randomUUID().replaceAll("-", "")}`
const databaseUrl = `${server}/${database}`

async function query(sql: string, url = databaseUrl) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

function run(options: Partial<MigrateOptions>): Promise<boolean> {
  return migrateRelease({
    databaseUrl,
    release: "1",
    once: true,
    databaseWaitMs: 0,
    migrate: async () => undefined,
    report: () => undefined,
    ...options,
  })
}

/** A promise that is resolved from outside. */
function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => (resolve = settle))
  return { promise, resolve: () => resolve() }
}

describe("migrateRelease", () => {
  beforeAll(() => query(`CREATE DATABASE ${database}`, `${server}/postgres`))
  afterAll(() => query(`DROP DATABASE ${database} WITH (FORCE)`, `${server}/postgres`))
  beforeEach(() => query("DROP TABLE IF EXISTS libro_release"))

  it("lets one of several processes migrate, while the others wait and find it done", async () => {
    const end = gate()
    const begun = gate()
    const waits = gate()
    const neverCalled = jest.fn()
    const first = run({
      migrate: async () => {
        begun.resolve()
        await end.promise
      },
    })
    await begun.promise
    const second = run({ migrate: neverCalled, report: () => waits.resolve() })
    await waits.promise
    end.resolve()
    expect(await first).toBe(true)
    expect(await second).toBe(false)
    expect(neverCalled).not.toHaveBeenCalled()
  })

  it("migrates for a release that is new to the database, and for the job in any case", async () => {
    expect(await run({})).toBe(true)
    expect(await run({ release: "2" })).toBe(true)
    // A pod of the release before, restarted while the new one comes up.
    expect(await run({ release: "1" })).toBe(false)
    expect(await run({ release: "1", once: false })).toBe(true)
  })

  it("doesn't remember a migration that failed, and gives the lock back", async () => {
    const fails = run({ migrate: () => Promise.reject(new Error("no such column")) })
    await expect(fails).rejects.toThrow("no such column")
    expect(await run({})).toBe(true)
  })

  it("stops the migration whose lock is lost", async () => {
    const stopped = run({
      migrate: async (signal) => {
        const aborted = once(signal, "abort")
        await query(`SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database
          WHERE locktype = 'advisory' AND datname = current_database()`)
        await aborted
        throw new Error("stopped")
      },
    })
    await expect(stopped).rejects.toThrow("stopped")
  })

  it("waits for a database that isn't there yet, no longer than it may", async () => {
    const reports: string[] = []
    const nowhere = run({
      databaseUrl: "postgres://nobody@127.0.0.1:1/none",
      databaseWaitMs: 500,
      report: (message) => void reports.push(message),
    })
    await expect(nowhere).rejects.toThrow("ECONNREFUSED")
    expect(reports).toEqual([expect.stringContaining("waiting for the database")])
  })

  it("says at once that a database refuses it", async () => {
    const refused = run({ databaseUrl: `${server}/no_such_database`, databaseWaitMs: 60_000 })
    await expect(refused).rejects.toThrow("no_such_database")
  })
})
