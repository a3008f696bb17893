import sql, { join, raw, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import type { PlannedVector } from "../plan"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import type { SimilarityScale } from "../../../embedding"

/** What is searched for by words. */
export interface KeywordPart {
  query: Sql
}

/** What is searched for by meaning. */
export interface SemanticPart {
  vector: PlannedVector
  embedding: number[]
  /** How many of the nearest documents are looked at. */
  window: number
  /** A document less similar than this is no hit; unset: each of the window is. */
  threshold?: number
  scale: SimilarityScale
  /** How much meaning counts in the score, 0 … 1; the rest is the words'. */
  ratio: number
}

export interface ResultSetInput {
  index: PhysicalIndex
  extensions: Extensions
  filters: Sql
  keyword?: KeywordPart
  semantic?: SemanticPart
  /** Columns that facets and order read. */
  columns: string[]
}

/**
 * How much a word counts by where it stands: running text, C, B, title. A title or an author's name
 * outweighs any number of passing mentions.
 */
const RANK_WEIGHTS = raw("'{0.05, 0.2, 0.4, 1.0}'")

/** Divides a rank by 1 + the logarithm of the text's length, so that long texts don't win by length. */
const RANK_NORMALIZATION = raw("1")

/**
 * The common table expressions of a search, ending in `matched (id, score, …columns)`: the one result
 * set, of which hits, count, facets and every page are read.
 *
 * It holds the documents that pass the filters and
 * - match by keyword, or
 * - are among the `window` nearest in meaning and at least as near as `threshold`,
 * or, without either part, all that pass the filters.
 *
 * The score is a weighted sum of both, each brought to 0 … 1: words relative to the best match of this
 * query, meaning on the model's own scale. (Bruch et al. 2023, "An analysis of fusion functions for
 * hybrid retrieval": a convex combination is more robust than rank fusion.)
 */
export function resultSet(input: ResultSetInput): Sql {
  const { index, filters, keyword, semantic } = input
  const table = identifier(index.table)
  const columns = [...new Set(input.columns)].filter((column) => column !== "id")
  const carried = (alias: string) =>
    columns.map((column) => sql`, ${raw(alias)}.${identifier(column)}`)

  if (!keyword && !semantic) {
    return sql`matched AS MATERIALIZED (
      SELECT d.id, 0::float8 AS score${joinAll(carried("d"))} FROM ${table} d WHERE ${filters})`
  }

  const expressions: Sql[] = []
  const sources: Sql[] = []
  if (keyword) {
    expressions.push(sql`keyword AS MATERIALIZED (
      SELECT d.id, ts_rank_cd(${RANK_WEIGHTS}, d.terms, ${keyword.query}, ${RANK_NORMALIZATION})::float8 AS rank
      FROM ${table} d WHERE d.terms @@ ${keyword.query} AND ${filters})`)
    sources.push(sql`SELECT id FROM keyword`)
  }
  if (semantic) {
    expressions.push(semanticExpression(semantic, table, filters, input.extensions))
    sources.push(sql`SELECT id FROM semantic`)
  }
  expressions.push(sql`matched AS MATERIALIZED (
    SELECT d.id, ${scoreOf(keyword, semantic)} AS score${joinAll(carried("d"))}
    FROM (${join(sources, " UNION ")}) hit
    JOIN ${table} d ON d.id = hit.id
    ${keyword ? sql`LEFT JOIN keyword k ON k.id = hit.id` : sql``}
    ${semantic ? sql`LEFT JOIN semantic s ON s.id = hit.id` : sql``})`)
  return join(expressions, ", ")
}

/**
 * The nearest documents, searched apart from everything else: a join or another condition beside the
 * distance would make the planner pass over the vector index.
 */
function semanticExpression(
  { vector, embedding, window, threshold }: SemanticPart,
  table: Sql,
  filters: Sql,
  { vector: schema }: Extensions
): Sql {
  const column = identifier(vector.column)
  const type = raw(`(${vector.dimensions})`)
  const distance = sql`d.${column} OPERATOR(${schema}.<=>) ${JSON.stringify(embedding)}::${schema}.vector${type}`
  // A vector of the store's own may be zero, which is near to nothing: Postgres has NaN above all numbers.
  const near = sql`similarity <> 'NaN' AND ${threshold === undefined ? sql`TRUE` : sql`similarity >= ${threshold}`}`
  return sql`nearest AS MATERIALIZED (
      SELECT d.id, ${distance} AS distance FROM ${table} d
      WHERE d.${column} IS NOT NULL AND ${filters}
      ORDER BY ${distance} LIMIT ${window}),
    semantic AS MATERIALIZED (
      SELECT id, similarity FROM (SELECT id, 1 - distance AS similarity FROM nearest) n WHERE ${near})`
}

function scoreOf(keyword: KeywordPart | undefined, semantic: SemanticPart | undefined): Sql {
  const words = sql`coalesce(k.rank / nullif(max(k.rank) OVER (), 0), 0)`
  if (!semantic) {
    return words
  }
  const { floor, ceiling } = semantic.scale
  const meaning = sql`least(1, greatest(0, coalesce(s.similarity - ${floor}, 0) / ${ceiling - floor}))`
  if (!keyword) {
    return sql`(${meaning})::float8`
  }
  return sql`((1 - ${semantic.ratio}::float8) * ${words} + ${semantic.ratio}::float8 * ${meaning})::float8`
}

function joinAll(parts: Sql[]): Sql {
  return parts.length ? join(parts, " ") : sql``
}
