import { defineConfig, MikroORM } from "@medusajs/framework/mikro-orm/postgresql"
import { PostgresSearchService } from "@medusajs/search-postgres/dist/services/postgres-search"
import { Migration20260807120000 } from "@medusajs/search-postgres/dist/migrations/Migration20260807120000"
import type { TestDatabase } from "../pgvector/harness"

/** Medusa's own provider, `search-postgres` with its native engine, as the Search Module would hold it. */
export interface NativeProvider {
  service: PostgresSearchService
  close(): Promise<void>
}

/** Sets the provider up in a database: its migration, and MikroORM, through which it sends its SQL. */
export async function openNativeProvider({ knex }: TestDatabase): Promise<NativeProvider> {
  const migration = new Migration20260807120000(undefined as never, undefined as never)
  await migration.up()
  for (const statement of migration.getQueries()) {
    await knex.raw(statement as string)
  }
  const { host, port, user, password, database } = knex.client.connectionSettings
  const orm = await MikroORM.init(
    defineConfig({
      ...{ host, port, user, password, dbName: database },
      entities: [],
      discovery: { warnWhenNoEntities: false },
    })
  )
  const logger = { info() {}, warn() {}, error() {}, debug() {} }
  const service = new PostgresSearchService({ manager: orm.em.fork(), logger } as never)
  return { service, close: () => orm.close() }
}
