import { randomBytes } from "node:crypto"
import { type Knex, knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { Migration20261124000000 } from "../../src/providers/pgvector/migrations/Migration20261124000000"
import { Migration20261125000000 } from "../../src/providers/pgvector/migrations/Migration20261125000000"
import { Migration20261125003000 } from "../../src/providers/pgvector/migrations/Migration20261125003000"
import { Migration20261125010000 } from "../../src/providers/pgvector/migrations/Migration20261125010000"
import { Migration20261125020000 } from "../../src/providers/pgvector/migrations/Migration20261125020000"
import { pgvectorRuntime, type PgvectorRuntime } from "../../src/providers/pgvector/runtime"
import { PgvectorSearchService } from "../../src/providers/pgvector/service"
import { ScriptedEmbedder } from "./scripted-embedder"

/** Where the tests' Postgres is; a role that may create databases and extensions. */
const SERVER = {
  host: process.env.DB_HOST ?? "localhost",
  port: Number(process.env.DB_PORT ?? 5499),
  user: process.env.DB_USERNAME ?? "postgres",
  password: process.env.DB_PASSWORD ?? "postgres",
}

/** As in Medusa: ten connections a process. */
const POOL = { min: 0, max: 10 }

/** A provider as the Search Module would hold it, and the parts that it leaves to the plugin's module. */
export interface Provider extends PgvectorRuntime {
  service: PgvectorSearchService
  /** The function that makes its vectors, and what it was asked. */
  scripted: ScriptedEmbedder
  /** What the provider warned of. */
  warnings: string[]
  /** Embeds all that is queued. */
  embedAll(): Promise<void>
}

/** A database of its own with the provider's tables. */
export interface TestDatabase {
  knex: Knex
  /** Another process, as it were: a provider with a memory and an embedder of its own. */
  provider(options?: Record<string, unknown>, scripted?: ScriptedEmbedder): Provider
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>
  /** Stops every worker and drops the database. */
  close(): Promise<void>
}

function connect(database: string, pool = POOL): Knex {
  return knex({ client: "pg", connection: { ...SERVER, database }, pool })
}

async function asAdministrator(statement: string): Promise<void> {
  const admin = connect("postgres")
  try {
    await admin.raw(statement)
  } finally {
    await admin.destroy()
  }
}

/** The provider's migrations, oldest first. */
const MIGRATIONS = [
  Migration20261124000000,
  Migration20261125000000,
  Migration20261125003000,
  Migration20261125010000,
  Migration20261125020000,
]

async function migrate(connection: Knex): Promise<void> {
  for (const Each of MIGRATIONS) {
    // The two arguments are the driver and its configuration; collecting the statements needs neither.
    const migration = new Each(undefined as never, undefined as never)
    await migration.up()
    for (const statement of migration.getQueries()) {
      await connection.raw(statement as string)
    }
  }
}

export async function openDatabase({ pool = POOL } = {}): Promise<TestDatabase> {
  const name = `semantic_search_test_${randomBytes(6).toString("hex")}`
  await asAdministrator(`CREATE DATABASE ${name}`)
  const connection = connect(name, pool)
  const providers: Provider[] = []
  try {
    await migrate(connection)
  } catch (error) {
    await connection.destroy()
    await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`)
    throw error
  }
  return {
    knex: connection,
    provider(options = {}, scripted = new ScriptedEmbedder()) {
      const provider = createProvider(connection, options, scripted)
      providers.push(provider)
      return provider
    },
    async rows(sql, values = []) {
      return (await connection.raw(sql, values as never)).rows
    },
    async close() {
      for (const { scripted, worker } of providers) {
        scripted.release()
        await worker.stop()
      }
      await connection.destroy()
      await asAdministrator(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

function createProvider(
  connection: Knex,
  options: Record<string, unknown>,
  scripted: ScriptedEmbedder
): Provider {
  const warnings: string[] = []
  const logger = {
    info: () => {},
    debug: () => {},
    error: (message: string) => warnings.push(message),
    warn: (message: string) => warnings.push(message),
  } as unknown as Logger
  const manager = { getKnex: () => connection } as never
  const service = new PgvectorSearchService(
    { manager, logger },
    { embedder: scripted.options(), ...options }
  )
  const runtime = pgvectorRuntime()!
  return {
    ...runtime,
    service,
    scripted,
    warnings,
    async embedAll() {
      while ((await runtime.worker.work()) === "embedded") {
        // The next batch.
      }
    },
  }
}
