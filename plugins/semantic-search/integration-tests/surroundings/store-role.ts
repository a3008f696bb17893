import { randomBytes } from "node:crypto"
import { type Knex, knex } from "@medusajs/framework/mikro-orm/knex"
import { asAdministrator, POOL, SERVER } from "../pgvector/surroundings"

/** A database whose owner is no superuser, as managed databases give it to a store. */
export interface StoreRole {
  database: string
  knex: Knex
  /** Drops the database and the role. */
  close(): Promise<void>
}

/**
 * Makes a role and a database for it.
 *
 * @param options.may_create Whether the role may create in the database (schemas, trusted extensions),
 *   beside its tables.
 */
export async function openAsStoreRole({ may_create = true } = {}): Promise<StoreRole> {
  const name = `semantic_search_store_${randomBytes(6).toString("hex")}`
  const password = randomBytes(12).toString("hex")
  await asAdministrator(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`)
  await asAdministrator(`CREATE DATABASE ${name} ${may_create ? `OWNER ${name}` : ""}`)
  await asAdministrator(`GRANT ALL ON SCHEMA public TO ${name}`, name)
  const connection = knex({
    client: "pg",
    connection: { ...SERVER, user: name, password, database: name },
    pool: POOL,
  })
  return {
    database: name,
    knex: connection,
    async close() {
      await connection.destroy()
      await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`)
      await asAdministrator(`DROP ROLE ${name}`)
    },
  }
}
