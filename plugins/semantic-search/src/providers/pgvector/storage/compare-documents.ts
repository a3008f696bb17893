import type { SearchTypes } from "@medusajs/framework/types"
import sql from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "./index-catalogue"
import { toStoredDocument } from "./document-row"

/** In what an index differs from documents that were just read. */
export interface Difference {
  /** Ids of documents that the index lacks. */
  missing: string[]
  /** Ids of documents that it holds in another form. */
  different: string[]
}

/**
 * Compares documents with those of an index, by content. What was written, or deleted, after a document
 * had been read is newer than it and isn't a difference.
 */
export async function compareDocuments(
  database: Database,
  { name, table, plan }: PhysicalIndex,
  documents: SearchTypes.SearchDocument[]
): Promise<Difference> {
  const rows = documents.map((document) => toStoredDocument(document, plan))
  const differing = await database.query<{ id: string; missing: boolean }>(sql`
    SELECT r.id, d.id IS NULL AS missing
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id text, document jsonb, read_at timestamptz)
    LEFT JOIN ${identifier(table)} d ON d.id = r.id
    WHERE (d.id IS NULL OR (d.document <> r.document AND d.read_at <= r.read_at))
      AND NOT EXISTS (
        SELECT 1 FROM semantic_search_tombstone t
        WHERE t.index_name = ${name} AND t.id = r.id AND t.deleted_at > r.read_at)`)
  const ids = (missing: boolean) =>
    differing.filter((row) => row.missing === missing).map(({ id }) => id)
  return { missing: ids(true), different: ids(false) }
}

/** A stretch of an index in the order of its ids: after one id, up to another one. */
export interface Stretch {
  /** Left out: from the beginning. */
  after?: string
  /** Inclusive. Left out: to the end. */
  upTo?: string
}

/** Ids of documents in a stretch that were read before `before`, in order. */
export async function listIds(
  database: Database,
  { table }: PhysicalIndex,
  { after, upTo }: Stretch,
  before: Date,
  limit: number
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql`
    SELECT id FROM ${identifier(table)}
    WHERE ${after === undefined ? sql`TRUE` : sql`id > ${after}`}
      AND ${upTo === undefined ? sql`TRUE` : sql`id <= ${upTo}`}
      AND read_at < ${before.toISOString()}::timestamptz
    ORDER BY id
    LIMIT ${limit}`)
  return rows.map(({ id }) => id)
}
