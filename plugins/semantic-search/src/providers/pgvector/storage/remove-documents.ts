import sql, { type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "./index-catalogue"
import { lockForDeletion } from "./index-lock"

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
  const doc = identifier(table)
  await lockForDeletion(database, name)
  await database.query(sql`
    WITH removed AS (
      DELETE FROM ${doc} WHERE id IN (
        SELECT d.id FROM ${doc} d WHERE ${condition} ORDER BY d.id FOR UPDATE)
      RETURNING id)
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
  const doc = identifier(index.table)
  // As JSON: a statement has no room for more than 65,535 parameters.
  const known = sql`jsonb_array_elements_text(${JSON.stringify([...new Set(ids)])}::jsonb)`
  await lockForDeletion(database, index.name)
  await database.query(sql`
    INSERT INTO semantic_search_tombstone AS t (index_name, id, deleted_at)
    SELECT ${index.name}, id, ${at.toISOString()}::timestamptz
    FROM ${known} AS id
    ORDER BY id
    ON CONFLICT (index_name, id) DO UPDATE
    SET deleted_at = greatest(t.deleted_at, excluded.deleted_at)`)
  await database.query(sql`
    DELETE FROM ${doc} WHERE id IN (
      SELECT d.id FROM ${doc} d
      WHERE d.id IN (SELECT ${known}) AND d.read_at <= ${at.toISOString()}::timestamptz
      ORDER BY d.id FOR UPDATE)`)
}

/** Empties an index. Its tombstones go too: what is written from now on was read from now on. */
export async function clear(database: Database, index: PhysicalIndex): Promise<void> {
  await database.query(
    sql`TRUNCATE ${identifier(index.table)}, ${identifier(index.word_table)}, ${identifier(index.term_table)}`
  )
  await forgetTombstones(database, index.name)
}

export async function forgetTombstones(database: Database, name: string): Promise<void> {
  await database.query(sql`DELETE FROM semantic_search_tombstone WHERE index_name = ${name}`)
}
