import { type Knex, knex } from "@medusajs/framework/mikro-orm/knex"

/** Where the tests' Postgres is; a role that may create databases and extensions. */
export const SERVER = {
  host: process.env.DB_HOST ?? "localhost",
  port: Number(process.env.DB_PORT ?? 5499),
  user: process.env.DB_USERNAME ?? "postgres",
  password: process.env.DB_PASSWORD ?? "postgres",
}

/** A pooler in transaction mode, before the same Postgres, through which the provider's statements go. */
export const POOLER_PORT = process.env.DB_POOLER_PORT
  ? Number(process.env.DB_POOLER_PORT)
  : undefined

/** The schema that holds the extensions, off the search path, as managed databases have it. */
export const EXTENSION_SCHEMA = process.env.DB_EXTENSION_SCHEMA

/** As in Medusa: ten connections a process. */
export const POOL = { min: 0, max: 10 }

/** Runs a statement as the server's administrator, on a direct connection. */
export async function asAdministrator(statement: string, database = "postgres"): Promise<void> {
  const admin = knex({ client: "pg", connection: { ...SERVER, database }, pool: POOL })
  try {
    await admin.raw(statement)
  } finally {
    await admin.destroy()
  }
}

/** Connects to a database as the store does. */
export function connectAsStore(database: string, pool: Knex.PoolConfig = POOL): Knex {
  const port = POOLER_PORT ?? SERVER.port
  return knex({ client: "pg", connection: { ...SERVER, port, database }, pool })
}

/** Creates the extensions in a schema that isn't on the search path, and that all may use. */
export async function createExtensionsIn(schema: string, database: string): Promise<void> {
  await asAdministrator(`CREATE SCHEMA "${schema}"`, database)
  await asAdministrator(`GRANT USAGE ON SCHEMA "${schema}" TO PUBLIC`, database)
  for (const name of ["vector", "pg_trgm", "unaccent"]) {
    await asAdministrator(`CREATE EXTENSION "${name}" SCHEMA "${schema}"`, database)
  }
}
