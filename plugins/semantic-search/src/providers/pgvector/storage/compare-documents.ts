import type { SearchTypes } from "@medusajs/framework/types"
import sql from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "./index-catalogue"
import { toDocumentRow } from "./document-row"

/** The ids of those documents that the index lacks, or holds in another form. */
export async function differingIds(
  database: Database,
  { table, plan }: PhysicalIndex,
  documents: SearchTypes.SearchDocument[]
): Promise<string[]> {
  const rows = documents.map((document) => {
    const { values } = toDocumentRow(document, plan)
    return { id: values.id, document: values.document }
  })
  const differing = await database.query<{ id: string }>(sql`
    SELECT r.id FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, document jsonb)
    LEFT JOIN ${identifier(table)} d ON d.id = r.id
    WHERE d.document IS DISTINCT FROM r.document`)
  return differing.map(({ id }) => id)
}

/** The ids of documents that were read before `before` and aren't among `known`. */
export async function unknownIds(
  database: Database,
  { table }: PhysicalIndex,
  known: ReadonlySet<string>,
  before: Date
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql`
    SELECT id FROM ${identifier(table)} WHERE read_at < ${before.toISOString()}::timestamptz`)
  return rows.map(({ id }) => id).filter((id) => !known.has(id))
}
