import { raw, type Sql } from "sql-template-tag"
import { observeStatement } from "../../telemetry"

/** The part of knex that is used, on the connection pool that all of Medusa shares. */
interface Queryable {
  raw(sql: string, bindings: readonly unknown[]): Statement
}

/** Several statements in one text have no rows. */
type Answer = PromiseLike<{ rows?: unknown[] }>

interface Statement extends Answer {
  connection(connection: unknown): Answer
}

interface KnexLike extends Queryable {
  transaction<T>(run: (transaction: Queryable) => Promise<T>): Promise<T>
  client: {
    /** Of tarn, knex's pool. */
    pool: {
      max: number
      numUsed(): number
      numFree(): number
      numPendingAcquires(): number
    }
    acquireConnection(): Promise<unknown>
    releaseConnection(connection: unknown): Promise<void>
  }
}

/** How many connections of the process are used and idle, how many there may be, and who waits for one. */
export interface PoolState {
  used: number
  idle: number
  max: number
  pending: number
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

function over(queryable: Queryable, connection?: unknown): Database {
  return {
    async query<Row>({ sql, values }: Sql) {
      return await observeStatement(sql, async () => {
        const running = queryable.raw(sql, values)
        const { rows } = await (connection ? running.connection(connection) : running)
        return (rows ?? []) as Row[]
      })
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

  /** The state of the pool that all of Medusa shares. */
  pool(): PoolState {
    const { pool } = this.manager_.getKnex().client
    return {
      used: pool.numUsed(),
      idle: pool.numFree(),
      max: pool.max,
      pending: pool.numPendingAcquires(),
    }
  }

  /** Runs statements that hold or fail together. */
  transaction<T>(run: (database: Database) => Promise<T>): Promise<T> {
    return this.manager_.getKnex().transaction((transaction) => run(over(transaction)))
  }

  /**
   * Runs statements one after the other on one connection, and `last` however they end.
   *
   * @returns the rows of the last of the statements
   */
  async onOneConnection<Row>(statements: Sql[], last: Sql): Promise<Row[]> {
    const knex = this.manager_.getKnex()
    const connection = await knex.client.acquireConnection()
    const database = over(knex, connection)
    try {
      let rows: Row[] = []
      for (const statement of statements) {
        rows = await database.query<Row>(statement)
      }
      return rows
    } finally {
      try {
        await database.query(last)
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
