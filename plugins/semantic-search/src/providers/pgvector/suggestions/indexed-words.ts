import sql, { type Sql } from "sql-template-tag"

/** The words of a folded phrase as they stand, without stemming: what is being typed is no word yet. */
export function indexedWords(folded: Sql): Sql {
  return sql`to_tsvector('pg_catalog.simple', ${folded})`
}
