import { observeStatement } from "../../telemetry"

/** What rate-limiter-flexible asks of a Postgres client. */
interface Statement {
  text: string
  values: unknown[]
}

interface Result {
  rows: unknown[]
  rowCount: number | null
}

interface Connection {
  query(statement: Statement): Promise<Result>
}

/** The part of knex that is used, on the connection pool that all of Medusa shares. */
export interface ConnectionPool {
  client: {
    acquireConnection(): Promise<Connection>
    releaseConnection(connection: Connection): Promise<void>
  }
}

/**
 * The store's pool as the limiter's client. The library names its statements, which Postgres would then
 * keep prepared for one connection; behind a pooler in transaction mode the next one may be another. Here
 * they lose their names.
 */
export function statementClient(pool: ConnectionPool) {
  return {
    async query({ text, values }: Statement): Promise<Result> {
      let result: Result | undefined
      await observeStatement(text, async () => {
        const connection = await pool.client.acquireConnection()
        try {
          result = await connection.query({ text, values })
          return result.rows
        } finally {
          await pool.client.releaseConnection(connection)
        }
      })
      return result!
    },
  }
}
