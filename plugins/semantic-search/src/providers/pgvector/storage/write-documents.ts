import sql, { join, raw, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PlannedVector } from "../plan"
import { occurrenceWeight } from "../ranking/bm25f"
import { columnFields, columnType } from "./document-table"
import type { DocumentRow, EmbeddableText } from "./document-row"
import type { Extensions } from "./extensions"
import type { PhysicalIndex } from "./index-catalogue"
import { lockForWriting } from "./index-lock"
import { averageLengths } from "./statistics"
import { occurrenceColumn, searchedColumns, searchedInput } from "./term-impacts"
import { textGroups } from "./text-groups"
import { vectorType } from "./vector-type"
import { addWords } from "./vocabulary"

/**
 * Writes documents: findable by keyword when the transaction ends, by meaning when their texts are
 * embedded. A text whose embedding is known already gets it at once, and isn't queued.
 *
 * A document that was read from the store earlier than what stands in the index, or than its deletion,
 * is passed over: the newest reading wins, whatever the order of writing.
 *
 * Locks are taken in one order everywhere — index, queue, documents, words, each sorted by key — so that
 * writers wait for each other and never deadlock.
 */
export async function writeDocuments(
  database: Database,
  index: PhysicalIndex,
  extensions: Extensions,
  rows: DocumentRow[]
): Promise<void> {
  await lockForWriting(database, index.name)
  await enqueueTexts(
    database,
    rows.flatMap((row) => row.texts)
  )
  await upsertRows(database, index, extensions, await withOccurrenceWeights(database, index, rows))
  await addWords(
    database,
    index,
    rows.flatMap((row) => row.words)
  )
}

/** Says of each text what one occurrence of a word in it counts. */
async function withOccurrenceWeights(
  database: Database,
  index: PhysicalIndex,
  rows: DocumentRow[]
): Promise<DocumentRow["values"][]> {
  const groups = textGroups(index.plan)
  const averages = await averageLengths(database, index, rows)
  return rows.map(({ values, lengths }) => ({
    ...values,
    ...Object.fromEntries(
      groups.map(({ column, label }) => [
        occurrenceColumn(column),
        occurrenceWeight(label, lengths[column] ?? 0, averages[column]),
      ])
    ),
  }))
}

/** Queues the texts that have no embedding yet. A text that is queued already is left as it is. */
export async function enqueueTexts(database: Database, texts: EmbeddableText[]): Promise<void> {
  if (!texts.length) {
    return
  }
  const keys = texts.map(({ model, content_hash }) => ({ model, content_hash }))
  // Updating the row that is there, to no effect, waits for a worker that is just finishing it: its
  // embedding is then visible to the statement that writes the documents.
  await database.query(sql`
    INSERT INTO semantic_search_embedding_job AS job (model, content_hash, content)
    SELECT DISTINCT ON (t.model, t.content_hash) t.model, t.content_hash, t.content
    FROM jsonb_to_recordset(${JSON.stringify(texts)}::jsonb)
      AS t(model text, content_hash text, content text)
    WHERE NOT EXISTS (
      SELECT 1 FROM semantic_search_embedding e
      WHERE e.model = t.model AND e.content_hash = t.content_hash)
    ORDER BY t.model, t.content_hash
    ON CONFLICT (model, content_hash) DO UPDATE SET content = job.content`)
  // The worker that was waited for took its row away, and the statement above, which couldn't see its
  // embedding yet, put it back: the text would be embedded twice.
  await database.query(sql`
    DELETE FROM semantic_search_embedding_job j USING (
      SELECT q.model, q.content_hash FROM semantic_search_embedding_job q
      JOIN semantic_search_embedding e USING (model, content_hash)
      WHERE (q.model, q.content_hash) IN (
        SELECT t.model, t.content_hash FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb)
          AS t(model text, content_hash text))
      FOR UPDATE OF q SKIP LOCKED
    ) known
    WHERE j.model = known.model AND j.content_hash = known.content_hash`)
}

async function upsertRows(
  database: Database,
  { name, table, plan }: PhysicalIndex,
  extensions: Extensions,
  rows: DocumentRow["values"][]
): Promise<void> {
  const fields = columnFields(plan)
  const searched = searchedColumns(plan, extensions)
  const doc = identifier(table)
  const inputColumns = [
    sql`id text`,
    sql`document jsonb`,
    sql`read_at timestamptz`,
    ...searchedInput(plan),
    ...fields.map((field) => sql`${identifier(field.column)} ${columnType(field)}`),
    ...plan.vectors.map((vector) => vectorInput(vector, extensions)),
  ]
  const written: Assignment[] = [
    { column: raw("document"), value: sql`r.document` },
    ...searched.assignments,
    { column: raw("read_at"), value: sql`r.read_at` },
    ...fields.map((field) => {
      const column = identifier(field.column)
      return { column, value: sql`r.${column}` }
    }),
    ...plan.vectors.flatMap(vectorAssignments),
  ]
  await database.query(sql`
    INSERT INTO ${doc} AS d (id, ${join(written.map(({ column }) => column))})
    SELECT r.id, ${join(written.map(({ value }) => value))}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(${join(inputColumns)})
    ${searched.source}
    WHERE NOT EXISTS (
      SELECT 1 FROM semantic_search_tombstone t
      WHERE t.index_name = ${name} AND t.id = r.id AND t.deleted_at > r.read_at)
    ORDER BY r.id
    ON CONFLICT (id) DO UPDATE SET ${join(
      written.map(({ column, update = sql`excluded.${column}` }) => sql`${column} = ${update}`)
    )}
    WHERE d.read_at <= excluded.read_at`)
}

/** A column that is written. */
export interface Assignment {
  column: Sql
  /** What a new row gets. */
  value: Sql
  /** What a row that exists gets, where that isn't simply the same. */
  update?: Sql
}

function vectorInput(vector: PlannedVector, extensions: Extensions): Sql {
  return vector.embedded
    ? sql`${identifier(vector.embedded.hash_column)} text`
    : sql`${identifier(vector.column)} ${vectorType(vector, extensions)}`
}

function vectorAssignments({ column, embedded }: PlannedVector): Assignment[] {
  const vector = identifier(column)
  if (!embedded) {
    return [{ column: vector, value: sql`r.${vector}` }]
  }
  const hash = identifier(embedded.hash_column)
  const known = sql`(
    SELECT e.embedding FROM semantic_search_embedding e
    WHERE e.model = ${embedded.model} AND e.content_hash = r.${hash})`
  return [
    { column: hash, value: sql`r.${hash}` },
    {
      column: vector,
      value: known,
      // An embedding of another text must not be found under the new one, not even for a moment.
      update: sql`CASE WHEN d.${hash} = excluded.${hash}
        THEN coalesce(d.${vector}, excluded.${vector}) ELSE excluded.${vector} END`,
    },
  ]
}
