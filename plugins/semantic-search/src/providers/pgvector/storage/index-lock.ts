import sql, { type Sql } from "sql-template-tag"
import type { Database } from "../database"

/*
 * A deletion that runs beside a write of the same, new document sees no row to delete, and the write no
 * tombstone yet: the document would stay. So writers share an index, and a deletion has it for itself
 * for the moment that it takes. Both locks end with the transaction; take them first in it.
 */

/** Shares an index with other writers. */
export async function lockForWriting(database: Database, index: string): Promise<void> {
  await database.query(sql`SELECT pg_advisory_xact_lock_shared(${key(index)})`)
}

/** Waits for the writers of an index to finish, and keeps others waiting. */
export async function lockForDeletion(database: Database, index: string): Promise<void> {
  await database.query(sql`SELECT pg_advisory_xact_lock(${key(index)})`)
}

function key(index: string): Sql {
  return sql`hashtextextended(${`semantic_search:${index}`}, 0)`
}
