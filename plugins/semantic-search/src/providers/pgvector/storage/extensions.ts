import { MedusaError } from "@medusajs/framework/utils"
import sql, { join, raw, type Sql } from "sql-template-tag"
import type { Database } from "../database"

/**
 * The Postgres extensions that are used. Managed databases keep them in a schema of their own that
 * isn't on the search path, so everything of theirs is named with its schema.
 */
export interface Extensions {
  /** pgvector: type `vector`, operator `<=>`. */
  vector: Sql
  /** pg_trgm: `similarity`, operator `%`. */
  trgm: Sql
  /** unaccent: folds accents. */
  unaccent: Sql
  /** The installed version of pgvector, such as "0.8.6". */
  vector_version: string
}

const REQUIRED_EXTENSIONS = ["vector", "pg_trgm", "unaccent"] as const

/** Earlier releases corrupt HNSW indexes under some loads. */
export const MIN_VECTOR_VERSION = "0.8.4"

/**
 * Finds the extensions.
 *
 * @throws MedusaError that gives the statement which creates a missing one, or updates an old pgvector
 */
export async function loadExtensions(database: Database): Promise<Extensions> {
  const rows = await database.query<{ name: string; schema: string; version: string }>(sql`
    SELECT e.extname AS name, n.nspname AS schema, e.extversion AS version
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname IN (${join([...REQUIRED_EXTENSIONS])})`)
  const found = new Map(rows.map((row) => [row.name, row]))
  const missing = REQUIRED_EXTENSIONS.filter((name) => !found.has(name))
  if (missing.length) {
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, missingExtensionsMessage(missing))
  }
  const version = found.get("vector")!.version
  if (isOlder(version, MIN_VECTOR_VERSION)) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `The pgvector search provider needs pgvector ${MIN_VECTOR_VERSION} or newer, and this database has ${version}. Update pgvector on the database server, then run as the owner of the extension: ALTER EXTENSION "vector" UPDATE;`
    )
  }
  const schemaOf = (name: string) => raw(`"${found.get(name)!.schema.replaceAll('"', '""')}"`)
  return {
    vector: schemaOf("vector"),
    trgm: schemaOf("pg_trgm"),
    unaccent: schemaOf("unaccent"),
    vector_version: version,
  }
}

/** Compares dotted version numbers part by part; what doesn't begin with a number counts as 0. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) =>
    text.split(".").map((part) => parseInt(part) || 0)
  )
  const at = right.findIndex((part, i) => part !== (left[i] ?? 0))
  return at >= 0 && (left[at] ?? 0) < right[at]
}

function missingExtensionsMessage(missing: readonly string[]): string {
  const statements = missing.map((name) => `CREATE EXTENSION "${name}";`).join(" ")
  return `The pgvector search provider needs the Postgres extension(s) ${missing.join(", ")}. Run as a role that may create them: ${statements}`
}
