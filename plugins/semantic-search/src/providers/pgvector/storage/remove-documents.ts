import sql, { join, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "./index-catalogue"

/**
 * Deletes the documents that a condition on the document table's alias `d` selects, and leaves
 * tombstones, so that a slower reading from before `at` doesn't bring them back.
 */
export async function removeWhere(
  database: Database,
  { name, table }: PhysicalIndex,
  condition: Sql,
  at: Date
): Promise<void> {
  await database.query(sql`
    WITH removed AS (DELETE FROM ${identifier(table)} AS d WHERE ${condition} RETURNING d.id)
    INSERT INTO semantic_search_tombstone AS t (index_name, id, deleted_at)
    SELECT ${name}, id, ${at.toISOString()}::timestamptz FROM removed ORDER BY id
    ON CONFLICT (index_name, id) DO UPDATE
    SET deleted_at = greatest(t.deleted_at, excluded.deleted_at)`)
}

/**
 * Deletes documents by id, except those that were read from the store after `at`. An id that isn't in
 * the index gets its tombstone too: while a version is being filled, the document that is to be kept
 * out may not have arrived yet.
 */
export async function removeIds(
  database: Database,
  index: PhysicalIndex,
  ids: string[],
  at: Date
): Promise<void> {
  if (!ids.length) {
    return
  }
  const sorted = [...new Set(ids)].sort()
  await database.query(sql`
    INSERT INTO semantic_search_tombstone AS t (index_name, id, deleted_at)
    SELECT ${index.name}, id, ${at.toISOString()}::timestamptz
    FROM jsonb_array_elements_text(${JSON.stringify(sorted)}::jsonb) AS id
    ORDER BY id
    ON CONFLICT (index_name, id) DO UPDATE
    SET deleted_at = greatest(t.deleted_at, excluded.deleted_at)`)
  await database.query(sql`
    DELETE FROM ${identifier(index.table)}
    WHERE id IN (${join(sorted)}) AND read_at <= ${at.toISOString()}::timestamptz`)
}

/** Empties an index. Its tombstones go too: what is written from now on was read from now on. */
export async function clear(database: Database, index: PhysicalIndex): Promise<void> {
  await database.query(sql`TRUNCATE ${identifier(index.table)}, ${identifier(index.word_table)}`)
  await forgetTombstones(database, index.name)
}

export async function forgetTombstones(database: Database, name: string): Promise<void> {
  await database.query(sql`DELETE FROM semantic_search_tombstone WHERE index_name = ${name}`)
}
