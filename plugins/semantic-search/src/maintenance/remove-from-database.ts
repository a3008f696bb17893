import { readdir } from "node:fs/promises"
import path from "node:path"
import { MedusaError } from "@medusajs/framework/utils"
import sql, { join } from "sql-template-tag"
import { type Database, identifier } from "../providers/pgvector/database"
import { pgvectorRuntime } from "../providers/pgvector/runtime"

/** How the names of all that the provider creates begin. */
const PREFIX = "semantic_search_"
const PROVIDER = "pgvector"
const MIGRATIONS = path.join(__dirname, "..", "providers", "pgvector", "migrations")

/** What was removed. */
export interface Removal {
  tables: string[]
}

/**
 * Removes all that the `pgvector` provider has in the store's database: its tables, its text search
 * configurations, and what the Search Module and the migrations have noted of it. Extensions stay, as
 * others may use them.
 *
 * @throws MedusaError `not_allowed` while an index is served by the provider
 */
export async function removeFromDatabase(): Promise<Removal> {
  const runtime = pgvectorRuntime()
  if (!runtime) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `The "pgvector" search provider isn't registered. Leave it in the Search Module's "providers" until its data is removed.`
    )
  }
  await assertServesNothing(runtime.database)
  const migrations = await migrationNames()
  return await runtime.database.transaction(async (transaction) => {
    await transaction.query(sql`
      UPDATE search_index_version SET deleted_at = now()
      WHERE provider = ${PROVIDER} AND deleted_at IS NULL`)
    const tables = await dropTables(transaction)
    await dropTextSearch(transaction)
    await transaction.query(
      sql`DELETE FROM mikro_orm_migrations WHERE name IN (${join(migrations)})`
    )
    return { tables }
  })
}

async function assertServesNothing(database: Database): Promise<void> {
  const served = await database.query<{ name: string }>(sql`
    SELECT i.name FROM search_index i
    JOIN search_index_version v ON v.search_index_id = i.id AND v.version = i.active_version
    WHERE v.provider = ${PROVIDER} AND i.deleted_at IS NULL AND v.deleted_at IS NULL
    ORDER BY i.name`)
  if (served.length) {
    const names = served.map(({ name }) => `"${name}"`).join(", ")
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `Searches of ${names} are still answered by the pgvector provider. Name another one as "default_provider", run "npx medusa db:migrate", and start the store, which builds the index there.`
    )
  }
}

async function dropTables(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(sql`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = current_schema() AND starts_with(tablename, ${PREFIX})
    ORDER BY tablename`)
  const tables = rows.map(({ name }) => name)
  if (tables.length) {
    await database.query(sql`DROP TABLE ${join(tables.map(identifier), ", ")}`)
  }
  return tables
}

/** The configurations first, as they use the dictionaries. */
async function dropTextSearch(database: Database): Promise<void> {
  const configs = await database.query<{ name: string }>(sql`
    SELECT cfgname AS name FROM pg_ts_config
    WHERE cfgnamespace = current_schema()::regnamespace AND starts_with(cfgname, ${PREFIX})`)
  for (const { name } of configs) {
    await database.query(sql`DROP TEXT SEARCH CONFIGURATION ${identifier(name)}`)
  }
  const dictionaries = await database.query<{ name: string }>(sql`
    SELECT dictname AS name FROM pg_ts_dict
    WHERE dictnamespace = current_schema()::regnamespace AND starts_with(dictname, ${PREFIX})`)
  for (const { name } of dictionaries) {
    await database.query(sql`DROP TEXT SEARCH DICTIONARY ${identifier(name)}`)
  }
}

/** Without these notes the tables come back when the plugin is installed again. */
async function migrationNames(): Promise<string[]> {
  const files = await readdir(MIGRATIONS)
  return [...new Set(files.flatMap((file) => /^(Migration\d+)\./.exec(file)?.[1] ?? []))]
}
