import { randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import path from "node:path"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { pgvectorRuntime, type PgvectorRuntime } from "../../src/providers/pgvector/runtime"
import { PgvectorSearchService } from "../../src/providers/pgvector/service"
import { ScriptedEmbedder } from "./scripted-embedder"
import {
  asAdministrator,
  connectAsStore,
  createExtensionsIn,
  EXTENSION_SCHEMA,
  POOL,
} from "./surroundings"

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

/** Where the provider's migrations are, named by when they were made. */
const MIGRATIONS = path.join(__dirname, "../../src/providers/pgvector/migrations")

export async function migrate(connection: Knex): Promise<void> {
  for (const file of readdirSync(MIGRATIONS).sort()) {
    const { [path.parse(file).name]: Each } = await import(path.join(MIGRATIONS, file))
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
  if (EXTENSION_SCHEMA) {
    await createExtensionsIn(EXTENSION_SCHEMA, name)
  }
  const connection = connectAsStore(name, pool)
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
      for (const { scripted, worker, phrases } of providers) {
        scripted.release()
        await worker.stop()
        await phrases.stop()
      }
      await connection.destroy()
      await asAdministrator(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

/** A provider on a connection of the caller's, who stops its worker. */
export function createProvider(
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
