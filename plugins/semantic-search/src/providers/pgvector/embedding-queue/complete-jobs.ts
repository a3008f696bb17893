import sql, { join } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"

/** An embedding that has just been made. */
export interface EmbeddedText {
  content_hash: string
  vector: number[]
}

/**
 * Stores embeddings and gives them to every document, of every index, that waits for them. Run it in
 * one transaction. The jobs are deleted first: that is the lock order of the writers of documents (see
 * `writeDocuments`), and a writer that is just queueing the same text is waited for, so that its
 * documents are among those that get the vector.
 */
export async function completeJobs(
  database: Database,
  extensions: Extensions,
  indexes: PhysicalIndex[],
  { model, embedded }: { model: string; embedded: EmbeddedText[] }
): Promise<void> {
  const hashes = embedded.map(({ content_hash }) => content_hash).sort()
  await database.query(sql`
    DELETE FROM semantic_search_embedding_job j USING (
      SELECT model, content_hash FROM semantic_search_embedding_job
      WHERE model = ${model} AND content_hash IN (${join(hashes)})
      ORDER BY content_hash FOR UPDATE
    ) done
    WHERE j.model = done.model AND j.content_hash = done.content_hash`)
  const rows = embedded.map(({ content_hash, vector }) => ({
    content_hash,
    embedding: JSON.stringify(vector),
  }))
  await database.query(sql`
    INSERT INTO semantic_search_embedding (model, content_hash, embedding)
    SELECT ${model}, content_hash, embedding::${extensions.vector}.vector
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(content_hash text, embedding text)
    ORDER BY content_hash
    ON CONFLICT (model, content_hash) DO UPDATE SET embedding = excluded.embedding`)
  await fillVectors(database, indexes, model, hashes)
}

/**
 * Gives documents that wait for one of these texts the embedding that is stored for it. They are locked
 * in the order of their ids, as writers lock them.
 */
export async function fillVectors(
  database: Database,
  indexes: PhysicalIndex[],
  model: string,
  hashes: string[]
): Promise<void> {
  for (const { table, plan } of indexes) {
    const doc = identifier(table)
    for (const { column, embedded } of plan.vectors) {
      if (embedded?.model !== model) {
        continue
      }
      const vector = identifier(column)
      const hash = identifier(embedded.hash_column)
      await database.query(sql`
        UPDATE ${doc} d SET ${vector} = w.embedding
        FROM (
          SELECT d.id, d.${hash}, e.embedding
          FROM ${doc} d
          JOIN semantic_search_embedding e ON e.model = ${model} AND e.content_hash = d.${hash}
          WHERE d.${vector} IS NULL AND d.${hash} IN (${join(hashes)})
          ORDER BY d.id FOR UPDATE OF d
        ) w
        WHERE d.id = w.id AND d.${hash} = w.${hash}`)
    }
  }
}
