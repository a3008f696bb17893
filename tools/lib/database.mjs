import { ToolError } from "./errors.mjs"

/** Earlier versions have defects that lose rows of an HNSW index. */
export const LOWEST_PGVECTOR = "0.8.4"
const CONNECT_MS = 10_000

/** Codes of PostgreSQL's errors that have a remedy. */
const NO_SUCH_DATABASE = "3D000"
const REMEDIES = {
  ECONNREFUSED: "nothing answers there: start that PostgreSQL, or unset DATABASE_URL",
  ENOTFOUND: "no such host: correct DATABASE_URL, or unset it",
  "28P01": "the password was refused: correct DATABASE_URL",
  28000: "this user may not log in: correct DATABASE_URL",
  42501: "this user may not create the database: create it first",
}

/**
 * The PostgreSQL of the user's own, from the environment.
 *
 * @returns {string | undefined}
 * @throws {ToolError} DATABASE_URL is no address of a PostgreSQL.
 */
export function readDatabaseUrl(env = process.env) {
  const url = env.DATABASE_URL || undefined
  if (url && !/^postgres(ql)?:\/\//.test(url)) {
    throw new ToolError("DATABASE_URL must begin with postgres:// or postgresql://.")
  }
  return url
}

/** The address without user and password, for messages. */
function describe(url) {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/**
 * Runs work on one connection.
 *
 * The only place that needs an installed package: a PostgreSQL client, loaded when it's used, so
 * that everything before the installation of dependencies works without.
 *
 * @template T
 * @param {string} url
 * @param {(query: (sql: string, values?: unknown[]) => Promise<Record<string, any>[]>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDatabase(url, work) {
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS })
  // A server that goes away while we're idle is noticed at the next query.
  client.on("error", () => {})
  await client.connect()
  try {
    return await work(async (sql, values) => (await client.query(sql, values)).rows)
  } finally {
    await client.end()
  }
}

/** Runs a statement about a database, which must name it as `$name`, from beside it. */
async function onServer(url, statement) {
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  server.pathname = "/postgres"
  const quoted = `"${name.replaceAll('"', '""')}"`
  await withDatabase(server.href, (query) => query(statement.replace("$name", () => quoted)))
}

const createDatabase = (url) =>
  onServer(url, "create database $name encoding 'UTF8' template template0")

/** Deletes a database with all that is in it, if it exists. */
export const dropDatabase = (url) => onServer(url, "drop database if exists $name with (force)")

/**
 * The pgvector that a server has at hand; undefined where it has none.
 *
 * @param {(sql: string, values?: unknown[]) => Promise<Record<string, any>[]>} query
 * @returns {Promise<{ default_version: string, fits: boolean } | undefined>} `fits`: whether it is new enough.
 */
export async function findPgvector(query) {
  const [vector] = await query(
    "select default_version, string_to_array(default_version, '.')::int[] >= string_to_array($1, '.')::int[] as fits from pg_available_extensions where name = 'vector'",
    [LOWEST_PGVECTOR]
  )
  return vector
}

/**
 * Makes sure that the database exists, has pgvector at hand, and has our table of finished steps.
 *
 * @param {string} url
 * @throws {ToolError} It can't be reached or created, or its server lacks pgvector.
 */
export async function prepareDatabase(url) {
  const prepare = () =>
    withDatabase(url, async (query) => {
      const vector = await findPgvector(query)
      if (!vector?.fits) {
        throw new ToolError(
          `The PostgreSQL at ${describe(url)} has ${vector ? `pgvector ${vector.default_version}` : "no pgvector"}, and ${LOWEST_PGVECTOR} or newer is needed: install it there, or unset DATABASE_URL to have one set up.`
        )
      }
      await query("create schema if not exists libro_demo")
      await query(
        "create table if not exists libro_demo.step (name text primary key, hash text not null, result jsonb, done_at timestamptz not null default now())"
      )
    })
  try {
    await prepare().catch(async (error) => {
      if (error.code !== NO_SUCH_DATABASE) throw error
      await createDatabase(url)
      await prepare()
    })
  } catch (error) {
    if (error instanceof ToolError) throw error
    // A host with several addresses reports one error for each.
    const { code = "", message } = error.errors?.[0] ?? error
    throw new ToolError(`No database at ${describe(url)}: ${REMEDIES[code] ?? message}.`)
  }
}

/**
 * Does a step once for each state of what it depends on. What was done is noted in the database
 * itself, so that the note can't outlive or miss what it speaks of.
 *
 * @template T JSON.
 * @param {string} url
 * @param {string} name
 * @param {string} hash Of all that decides over the step's result.
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, skipped: boolean }>}
 */
export async function oncePerDatabase(url, name, hash, work) {
  const [done] = await withDatabase(url, (query) =>
    query("select result from libro_demo.step where name = $1 and hash = $2", [name, hash])
  )
  if (done) return { result: done.result, skipped: true }
  const result = await work()
  await withDatabase(url, (query) =>
    query(
      "insert into libro_demo.step (name, hash, result) values ($1, $2, $3) on conflict (name) do update set hash = excluded.hash, result = excluded.result, done_at = now()",
      [name, hash, JSON.stringify(result ?? null)]
    )
  )
  return { result, skipped: false }
}

/** The hash with which a step was last done; undefined where it never was. */
export async function lastDone(url, name) {
  const [done] = await withDatabase(url, (query) =>
    query("select hash from libro_demo.step where name = $1", [name])
  )
  return done?.hash
}

/** How many products the shop offers. */
export async function countPublishedProducts(url) {
  const [{ count }] = await withDatabase(url, (query) =>
    query("select count(*)::int from product where status = 'published' and deleted_at is null")
  )
  return count
}

/** Whether someone can log in with that address. */
export async function hasLogin(url, email) {
  const rows = await withDatabase(url, (query) =>
    query(
      "select 1 from provider_identity where provider = 'emailpass' and entity_id = $1 and deleted_at is null",
      [email]
    )
  )
  return rows.length > 0
}
