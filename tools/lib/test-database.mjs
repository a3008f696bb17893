import { findPgvector, LOWEST_PGVECTOR, withDatabase } from "./database.mjs"
import { ToolError } from "./errors.mjs"

/** Not DATABASE_URL, which names the database of a shop: tests make and drop databases as they please. */
const VARIABLE = "TEST_DATABASE_URL"
const DEFAULT_PORT = 5432

/**
 * Where the PostgreSQL is on which tests shall run instead of one of our own.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ host: string, port: number, user: string, password: string, url(database: string): string } | undefined}
 * @throws {ToolError} TEST_DATABASE_URL is no address of a PostgreSQL, or names no user.
 */
export function readTestDatabase(env = process.env) {
  const address = env[VARIABLE]
  if (!address) return undefined
  const url = /^postgres(ql)?:\/\//.test(address) && URL.canParse(address) ? new URL(address) : {}
  if (!url.hostname || !url.username) {
    throw new ToolError(`${VARIABLE} must be like postgres://USER:PASSWORD@HOST:PORT/postgres.`)
  }
  return {
    host: url.hostname,
    port: Number(url.port || DEFAULT_PORT),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    url(database) {
      const other = new URL(url)
      other.pathname = `/${database}`
      return other.href
    },
  }
}

/**
 * Makes sure that tests can do there what they do: make databases, roles and the extensions.
 *
 * @param {{ url(database: string): string }} server
 * @returns {Promise<string>} Which PostgreSQL it is.
 * @throws {ToolError} It can't be reached, its role is no superuser, or it lacks pgvector.
 */
export async function checkTestDatabase(server) {
  try {
    return await withDatabase(server.url("postgres"), async (query) => {
      const [{ version, superuser }] = await query(
        "select current_setting('server_version') as version, rolsuper as superuser from pg_roles where rolname = current_user"
      )
      if (!superuser)
        throw new ToolError(`${VARIABLE} must name a superuser: tests make extensions.`)
      const vector = await findPgvector(query)
      if (!vector?.fits) {
        throw new ToolError(
          `The PostgreSQL of ${VARIABLE} has ${vector ? `pgvector ${vector.default_version}` : "no pgvector"}, and ${LOWEST_PGVECTOR} or newer is needed: install it there, or unset ${VARIABLE}.`
        )
      }
      return `PostgreSQL ${version}, pgvector ${vector.default_version}`
    })
  } catch (error) {
    if (error instanceof ToolError) throw error
    // A host with several addresses reports one error for each.
    const { message } = error.errors?.[0] ?? error
    throw new ToolError(`No PostgreSQL at ${VARIABLE}: ${message}.`)
  }
}
