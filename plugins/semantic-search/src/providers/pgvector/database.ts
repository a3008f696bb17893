import { raw, type Sql } from "sql-template-tag"
import { observeStatement } from "../../telemetry"

/** The part of knex that is used, on the connection pool that all of Medusa shares. */
interface Queryable {
  raw(sql: string, bindings: readonly unknown[]): Statement
}

interface Statement extends PromiseLike<{ rows: unknown[] }> {
  connection(connection: unknown): PromiseLike<{ rows: unknown[] }>
}

interface KnexLike extends Queryable {
  transaction<T>(run: (transaction: Queryable) => Promise<T>): Promise<T>
  client: {
    acquireConnection(): Promise<unknown>
    releaseConnection(connection: unknown): Promise<void>
  }
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

  /**
   * Runs statements that can't be in a transaction one after the other on one connection, and `last`
   * however they end.
   */
  async alone(statements: Sql[], last: Sql): Promise<void> {
    const knex = this.manager_.getKnex()
    const connection = await knex.client.acquireConnection()
    const run = ({ sql, values }: Sql) => knex.raw(sql, values).connection(connection)
    try {
      for (const statement of statements) {
        await run(statement)
      }
    } finally {
      try {
        await run(last)
      } finally {
        await knex.client.releaseConnection(connection)
      }
    }
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
