import { raw, type Sql } from "sql-template-tag"
import { observeStatement } from "../../telemetry"

/** The part of knex that is used, on the connection pool that all of Medusa shares. */
interface Queryable {
  raw(sql: string, bindings: readonly unknown[]): PromiseLike<{ rows: unknown[] }>
}

interface KnexLike extends Queryable {
  transaction<T>(run: (transaction: Queryable) => Promise<T>): Promise<T>
}

/** What the Search Module gives a provider to reach the database with (MikroORM's entity manager). */
export interface EntityManager {
  getKnex(): KnexLike
}

/** Runs statements whose values are bound, never written into the text. */
export interface Database {
  /** Runs one statement and returns its rows. */
  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]>
}

function over(queryable: Queryable): Database {
  return {
    async query<Row>(statement: Sql) {
      const { sql, values } = statement
      return await observeStatement(
        sql,
        async () => (await queryable.raw(sql, values)).rows as Row[]
      )
    },
  }
}

/**
 * The store's database. `manager.execute` would write values into the statement's text; its knex binds
 * them, on the same pool.
 *
 * Connections are few (ten a process, for all of Medusa), so nothing here may keep one while it waits
 * for anything but Postgres, least of all for a model.
 */
export class StoreDatabase implements Database {
  constructor(private readonly manager_: EntityManager) {}

  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    return over(this.manager_.getKnex()).query<Row>(statement)
  }

  /** Runs statements that hold or fail together. */
  transaction<T>(run: (database: Database) => Promise<T>): Promise<T> {
    return this.manager_.getKnex().transaction((transaction) => run(over(transaction)))
  }
}

/** The longest name that Postgres keeps; it cuts a longer one in silence. */
const MAX_IDENTIFIER_LENGTH = 63

/**
 * A quoted identifier.
 *
 * @throws Error on a name that isn't one of ours (lower-case letters, digits, underscores)
 */
export function identifier(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name) || name.length > MAX_IDENTIFIER_LENGTH) {
    throw new Error(`"${name}" is no identifier of the pgvector search provider`)
  }
  return raw(`"${name}"`)
}
