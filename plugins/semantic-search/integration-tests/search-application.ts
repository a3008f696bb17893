import { readdirSync } from "node:fs"
import path from "node:path"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaApp, MedusaModule } from "@medusajs/framework/modules-sdk"
import type { Logger, SearchTypes } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  isSharedConnectionSymbol,
  Modules,
  ModulesSdkUtils,
} from "@medusajs/framework/utils"
import provider from "../src/providers/pgvector"
import { pgvectorRuntime, type PgvectorRuntime } from "../src/providers/pgvector/runtime"

/** The parts of the Search Module's service that Medusa's own commands use. */
export interface SearchModule {
  search(query: Record<string, unknown>): Promise<SearchTypes.SearchResult>
  upsertDocuments(input: {
    index: string
    documents: SearchTypes.SearchDocument[]
  }): Promise<unknown>
  listIndexes(): Promise<{ name: string; status: string }[]>
  /** What `medusa db:migrate` plans and does. */
  createIndexMigrationPlan(): Promise<{ action: string; physical_name: string }[]>
  executeIndexMigrationPlan(actions: unknown[]): Promise<void>
  /** What a worker does when it starts: fills new versions and swaps to them. */
  createSeedPlan_(): Promise<{ index: string }[]>
  executeSeedPlan_(actions: unknown[]): Promise<void>
}

/** Medusa's Search Module with this plugin's provider, as one process has it. */
export interface SearchApplication {
  search: SearchModule
  runtime: PgvectorRuntime
  /** What was logged as a warning or an error. */
  warnings: string[]
  /** Ends what runs in the background. */
  stop(): Promise<void>
}

/**
 * Starts the Search Module on a database that has the provider's tables. Several may run side by side,
 * as the processes of a deployment do, each with its own idea of the index and of the model.
 */
export async function startSearchApplication(
  connection: Knex,
  {
    definition,
    embedder,
  }: { definition: SearchTypes.SearchIndexDefinition; embedder: Record<string, unknown> }
): Promise<SearchApplication> {
  await migrateSearchModule(connection)
  // Modules, and the definitions of indexes, are kept per process by Medusa; this is another process.
  MedusaModule.clearInstances()
  const warnings: string[] = []
  const logger = {
    info: () => {},
    debug: () => {},
    warn: (message: string) => warnings.push(message),
    error: (message: string) => warnings.push(message),
  } as unknown as Logger
  const database = { clientUrl: clientUrl(connection), schema: "public" }
  const pool = ModulesSdkUtils.createPgConnection(database)
  const shared = { database, [isSharedConnectionSymbol]: true }
  const application = await MedusaApp({
    modulesConfig: {
      [Modules.SEARCH]: {
        resolve: "@medusajs/search",
        options: {
          ...shared,
          default_provider: "pgvector",
          indexes: [definition],
          providers: [{ resolve: provider, id: "pgvector", options: { embedder } }],
        },
      },
      [Modules.LOCKING]: { resolve: "@medusajs/locking", options: { ...shared } },
    },
    injectedDependencies: {
      [ContainerRegistrationKeys.PG_CONNECTION]: pool,
      [ContainerRegistrationKeys.LOGGER]: logger,
    },
  } as never)
  const runtime = pgvectorRuntime()!
  return {
    search: application.modules[Modules.SEARCH] as unknown as SearchModule,
    runtime,
    warnings,
    async stop() {
      await runtime.worker.stop()
      await runtime.embedder.close()
      await pool.destroy()
    },
  }
}

/** Creates the Search Module's tables, unless they are there. */
async function migrateSearchModule(connection: Knex): Promise<void> {
  if (await connection.schema.hasTable("search_index")) {
    return
  }
  const folder = path.join(path.dirname(require.resolve("@medusajs/search")), "migrations")
  const files = readdirSync(folder).filter((name) => name.endsWith(".js"))
  for (const file of files.sort()) {
    const [Migration] = Object.values(
      jest.requireActual<Record<string, new () => RunnableMigration>>(path.join(folder, file))
    )
    const migration = new Migration()
    await migration.up()
    for (const statement of migration.getQueries()) {
      await connection.raw(statement as string)
    }
  }
}

interface RunnableMigration {
  up(): Promise<void>
  getQueries(): unknown[]
}

function clientUrl(connection: Knex): string {
  const { host, port, user, password, database } = connection.client.config.connection
  return `postgres://${user}:${password}@${host}:${port}/${database}`
}
