import sql, { join, raw, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { ColumnKind, IndexPlan, PlannedField, PlannedVector } from "../plan"
import { TERM_DIMENSIONS } from "../ranking/bm25f"
import type { Extensions } from "./extensions"
import type { PhysicalIndex, TableNames } from "./index-catalogue"
import { hasCodes } from "./term-impacts"
import { vectorBytes, vectorType } from "./vector-type"
import { vocabularyColumns } from "./vocabulary"

/*
 * One row a document:
 *
 *   id        the primary key's value
 *   document  the document as it was handed over: what a hit shows
 *   terms     its words, stemmed: what free text matches
 *   impacts   what each of its words counts: what a match is ranked by
 *   codes     its codes without hyphens, between bars: "|bc1010|9780140449136|"
 *   f3_…      the values of one field, typed: what filters, sorts and facets read
 *   v0        an embedding; null while it waits for one
 *   v0_hash   the hash of the text that v0 stands for
 *   read_at   when the store was read to build the document: the newest reading wins
 */

/**
 * What a row keeps besides its vectors, in bytes, before its largest values (document, terms) move out of
 * the table's pages. What is filtered, counted and ranked by is of storage MAIN and stays: fetched from
 * elsewhere row by row, a filter that many documents pass would take ten times as long.
 */
const TOAST_TUPLE_TARGET = 1_024

/**
 * So many bytes of vectors stay in the row, where comparing many of them takes a fifth of the time that
 * fetching each from elsewhere would: 768 dimensions, or 1,536 in half precision. A row has 8 kB; more
 * would leave too little for the rest.
 */
const MAX_INLINE_BYTES = 3_072

const SQL_TYPES: Record<ColumnKind, string> = {
  text: "text",
  number: "double precision",
  boolean: "boolean",
}

/** The column type of a field, such as `text[]`. */
export function columnType(field: PlannedField): Sql {
  return raw(SQL_TYPES[field.kind] + (field.array ? "[]" : ""))
}

/** Fields that have a column of their own; the primary key's column is `id`. */
export function columnFields(plan: IndexPlan): (PlannedField & { column: string })[] {
  return plan.fields.filter(
    (field): field is PlannedField & { column: string } => !!field.column && field.column !== "id"
  )
}

export async function createDocumentTable(
  database: Database,
  { table, word_table, term_table, plan }: PhysicalIndex,
  extensions: Extensions
): Promise<void> {
  const inline = inlineVectors(plan)
  const columns = [
    sql`id text PRIMARY KEY`,
    sql`document jsonb NOT NULL`,
    sql`terms tsvector NOT NULL`,
    sql`impacts ${extensions.vector}.sparsevec(${raw(String(TERM_DIMENSIONS))}) STORAGE MAIN`,
    ...(hasCodes(plan) ? [sql`codes text STORAGE MAIN`] : []),
    sql`read_at timestamptz NOT NULL`,
    ...columnFields(plan).map(fieldColumn),
    ...plan.vectors.flatMap((vector) => vectorColumns(vector, inline.has(vector), extensions)),
  ]
  const kept =
    TOAST_TUPLE_TARGET + [...inline].reduce((sum, vector) => sum + vectorBytes(vector), 0)
  await database.query(
    sql`CREATE TABLE ${identifier(table)} (${join(columns, ", ")}) WITH (toast_tuple_target = ${raw(String(kept))})`
  )
  await database.query(sql`CREATE TABLE ${identifier(word_table)} (${vocabularyColumns()})`)
  await database.query(
    sql`CREATE TABLE ${identifier(term_table)} (stem text COLLATE "C" PRIMARY KEY, documents integer NOT NULL)`
  )
  for (const statement of indexStatements(table, word_table, plan, extensions)) {
    await database.query(statement)
  }
}

export async function dropDocumentTable(
  database: Database,
  { table, word_table, term_table }: TableNames
): Promise<void> {
  await database.query(
    sql`DROP TABLE IF EXISTS ${identifier(table)}, ${identifier(word_table)}, ${identifier(term_table)}`
  )
}

function fieldColumn(field: PlannedField & { column: string }): Sql {
  const hasLength = field.array || field.kind === "text"
  return sql`${identifier(field.column)} ${columnType(field)}${hasLength ? sql` STORAGE MAIN` : sql``}`
}

/** The first of the index's vectors, as many as a row has room for. */
function inlineVectors({ vectors }: IndexPlan): Set<PlannedVector> {
  let bytes = 0
  return new Set(vectors.filter((vector) => (bytes += vectorBytes(vector)) <= MAX_INLINE_BYTES))
}

function vectorColumns(vector: PlannedVector, inline: boolean, extensions: Extensions): Sql[] {
  const storage = inline ? sql` STORAGE PLAIN` : sql``
  const columns = [sql`${identifier(vector.column)} ${vectorType(vector, extensions)}${storage}`]
  if (vector.embedded) {
    columns.push(sql`${identifier(vector.embedded.hash_column)} text`)
  }
  return columns
}

function indexStatements(
  table: string,
  wordTable: string,
  plan: IndexPlan,
  extensions: Extensions
): Sql[] {
  const on = identifier(table)
  const arrays = columnFields(plan).filter((field) => field.array)
  const scalars = columnFields(plan).filter((field) => !field.array)
  return [
    sql`CREATE INDEX ON ${on} USING gin (terms)`,
    ...(hasCodes(plan)
      ? [sql`CREATE INDEX ON ${on} USING gin (codes ${extensions.trgm}.gin_trgm_ops)`]
      : []),
    sql`CREATE INDEX ON ${identifier(wordTable)} USING gin (word ${extensions.trgm}.gin_trgm_ops)`,
    sql`CREATE INDEX ON ${identifier(wordTable)} (stem)`,
    ...arrays.map((field) => sql`CREATE INDEX ON ${on} USING gin (${identifier(field.column)})`),
    ...scalars.map((field) => sql`CREATE INDEX ON ${on} (${identifier(field.column)})`),
    ...plan.vectors.flatMap(({ column, embedded }) =>
      // Holds only what waits for its vector: the worker and the doctor find it at once.
      embedded
        ? [
            sql`CREATE INDEX ON ${on} (${identifier(embedded.hash_column)})
              WHERE ${identifier(column)} IS NULL AND ${identifier(embedded.hash_column)} IS NOT NULL`,
          ]
        : []
    ),
  ]
}
