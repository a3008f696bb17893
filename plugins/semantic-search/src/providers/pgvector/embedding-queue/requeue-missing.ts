import sql from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { enqueueTexts } from "../storage/write-documents"
import { fillVectors } from "./complete-jobs"

/** How many documents are mended at a time. */
const BATCH_SIZE = 500

/**
 * Finds documents that wait for a vector though nothing is queued for them (a queue that was emptied
 * by hand, a restored backup), and queues their texts, or gives them the embedding that exists.
 * Returns how many documents there were.
 */
export async function requeueMissing(database: Database, index: PhysicalIndex): Promise<number> {
  let found = 0
  for (const { path, column, embedded } of index.plan.vectors) {
    if (!embedded) {
      continue
    }
    const hash = identifier(embedded.hash_column)
    const rows = await database.query<{ content_hash: string; content: string }>(sql`
      SELECT d.${hash} AS content_hash, d.document #>> ${jsonPath(path)}::text[] AS content
      FROM ${identifier(index.table)} d
      WHERE d.${identifier(column)} IS NULL AND d.${hash} IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM semantic_search_embedding_job j
          WHERE j.model = ${embedded.model} AND j.content_hash = d.${hash})
      LIMIT ${BATCH_SIZE}`)
    if (!rows.length) {
      continue
    }
    found += rows.length
    const hashes = [...new Set(rows.map((row) => row.content_hash))]
    await fillVectors(database, [index], embedded.model, hashes)
    await enqueueTexts(
      database,
      rows.map(({ content_hash, content }) => ({
        model: embedded.model,
        content_hash,
        content: content.trim(),
      }))
    )
  }
  return found
}

/** "meta.embedding" → Postgres' array literal `{"meta","embedding"}`. */
function jsonPath(path: string): string {
  const segments = path.split(".").map((segment) => JSON.stringify(segment))
  return `{${segments.join(",")}}`
}
