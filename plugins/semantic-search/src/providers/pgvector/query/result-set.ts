import sql, { join, raw, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import type { PlannedVector } from "../plan"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { vectorLiteral, vectorType } from "../storage/vector-type"
import { escapeLike } from "./filters"
import type { KeywordQuery } from "./keyword-query"
import { bearsName, type WholeNames } from "./whole-names"

/** What is searched for by words. */
export interface KeywordPart extends KeywordQuery {
  /** Whether the words make up a sentence, such as a question. */
  sentence: boolean
  /**
   * Where words count in some fields alone: a condition on `d` that a match has to meet besides, and the
   * rank in place of that by all of its words.
   */
  within?: { condition: Sql; rank: Sql }
}

/** What is searched for by meaning. */
export interface SemanticPart {
  vector: PlannedVector
  embedding: number[]
  /** How many of the nearest documents are looked at. */
  window: number
  /** A document less similar than this is no hit; unset: each of the window is. */
  threshold?: number
  /** The same for a document that holds a word of the query: two weak signs make one. */
  supportedThreshold?: number
  /** The similarities that score 0 and 1. */
  scored: { from: number; to: number }
  /** How much meaning counts in the score, 0 … 1; the rest is the words'. */
  ratio: number
  /** Whether the filters leave so few documents that all are compared, without the vector index. */
  exact: boolean
}

export interface ResultSetInput {
  index: PhysicalIndex
  extensions: Extensions
  filters: Sql
  keyword?: KeywordPart
  /** The code that the query may be, without hyphens. */
  code?: string
  /** The names that the query is; unset: it is none. */
  names?: WholeNames[]
  semantic?: SemanticPart
  /** Columns that facets, order and deduplication read. */
  columns: string[]
  /** A hit that scores less is left out. */
  minScore?: number
  /** The column of which each value is kept once, and the order in which the first of them is chosen. */
  distinct?: { column: string; order: Sql }
}

/**
 * How much the words' score is worth in units of the meaning's, by the number of words: the longer a query,
 * the more of it is phrasing that no text repeats, and the more its meaning says. A document hardly ever
 * holds all words of a query in its title, so scores by words stay far below their ceiling, while a good
 * match in meaning comes near its own.
 *
 * Measured on three collections: see docs/evaluation.md.
 */
const WORDS_PER_MEANING = [4, 3.5, 2.5, 1.5, 1]

/** The same for a sentence, however long: what it asks isn't in its words one by one. */
const WORDS_PER_MEANING_OF_SENTENCES = 0.5

/**
 * The common table expressions of a search, ending in `matched (id, score, …columns)`: the one result
 * set, of which hits, count, facets and every page are read.
 *
 * It holds the documents that pass the filters and
 * - match by keyword, by code or by name, or
 * - are among the `window` nearest in meaning and at least as near as `threshold`, or, where they hold
 *   a word of the query, as `supportedThreshold`,
 * or, without any of these, all that pass the filters; of them those that reach `minScore`; of documents
 * with the same `distinct` value the first.
 *
 * The score is a weighted sum: words as a share of what the query could reach at most, for every document
 * of the set, however it came in; meaning on the model's own scale, from the least similarity of a hit up,
 * so that being among the nearest counts nothing by itself. (Bruch et al. 2023, "An analysis of fusion
 * functions for hybrid retrieval": a convex combination is more robust than rank fusion.) A document whose
 * code is the query has 3 on top, one whose code begins so 2, one that has it as a part 1; one that bears
 * the whole query as a name has 1 on top too.
 */
export function resultSet(input: ResultSetInput): Sql {
  return join([...candidates(input), selection(input)], ", ")
}

/** The documents that match, with their scores: `candidate`. */
function candidates(input: ResultSetInput): Sql[] {
  const { index, filters, keyword, code, names, semantic } = input
  const table = identifier(index.table)
  const columns = carriedColumns(input)
  const byWords = keyword || code !== undefined || names
  const select = (score: Sql, tier: Sql) =>
    sql`d.id, (${score})::float8 AS score, ${tier} AS tier${columns("d")}`

  if (!byWords && !semantic) {
    return [
      sql`candidate AS NOT MATERIALIZED (
        SELECT ${select(sql`0`, sql`0`)} FROM ${table} d WHERE ${filters})`,
    ]
  }
  const words = keyword ? wordScore(keyword, input.extensions) : sql`0`
  const found = () => sql`
    SELECT ${select(words, tierOf(input))} FROM ${table} d
    WHERE ${wordCondition(input)} AND ${filters}`
  if (!semantic) {
    return [sql`candidate AS NOT MATERIALIZED (${found()})`]
  }
  const expressions = semanticExpressions(semantic, table, filters, input.extensions)
  const meaning = meaningScore(semantic)
  if (!byWords) {
    return [
      ...expressions,
      sql`candidate AS NOT MATERIALIZED (
        SELECT ${select(meaning, sql`0`)} FROM semantic s JOIN ${table} d ON d.id = s.id)`,
    ]
  }
  const share = meaningShare(semantic.ratio, keyword)
  const fused = (score: Sql) => sql`${1 - share}::float8 * ${score} + ${share}::float8 * ${meaning}`
  return [
    ...expressions,
    sql`keyword AS MATERIALIZED (${found()})`,
    sql`candidate AS NOT MATERIALIZED (
      SELECT k.id, ${fused(sql`k.score`)} AS score, k.tier${columns("k")}
      FROM keyword k LEFT JOIN semantic s ON s.id = k.id
      UNION ALL
      SELECT ${select(fused(words), sql`0`)}
      FROM semantic s JOIN ${table} d ON d.id = s.id
      WHERE NOT EXISTS (SELECT 1 FROM keyword k WHERE k.id = s.id)
        AND ${nearEnough(semantic, words)})`,
  ]
}

/** What of the candidates makes up the result: `matched`. */
function selection(input: ResultSetInput): Sql {
  const { minScore, distinct } = input
  const columns = carriedColumns(input)
  const enough = minScore === undefined ? sql`TRUE` : sql`score + tier >= ${minScore}::float8`
  const scored = sql`
    SELECT id, score + tier AS score${columns("c")} FROM candidate c WHERE ${enough}`
  if (!distinct) {
    return sql`matched AS MATERIALIZED (${scored})`
  }
  const value = identifier(distinct.column)
  return sql`matched AS MATERIALIZED (
    SELECT id, score${columns("r")}
    FROM (
      SELECT s.*, row_number() OVER (PARTITION BY ${value} ORDER BY ${distinct.order}) AS place
      FROM (${scored}) s) r
    WHERE place = 1 OR ${value} IS NULL)`
}

/** The weight of meaning in the sum, 0 … 1; that of the words is the rest. */
function meaningShare(ratio: number, keyword: KeywordPart | undefined): number {
  const words = Math.max(keyword?.words ?? 1, 1)
  const worth = keyword?.sentence
    ? WORDS_PER_MEANING_OF_SENTENCES
    : WORDS_PER_MEANING[Math.min(words, WORDS_PER_MEANING.length) - 1]
  return ratio / (ratio + worth * (1 - ratio))
}

/** Whether `s` is near enough in meaning, holding a word of the query or not. */
function nearEnough({ threshold, supportedThreshold }: SemanticPart, words: Sql): Sql {
  return threshold === undefined || supportedThreshold === undefined
    ? sql`TRUE`
    : sql`(s.similarity >= ${threshold} OR ${words} > 0)`
}

function carriedColumns({ columns, distinct }: ResultSetInput): (alias: string) => Sql {
  const names = [...new Set([...columns, ...(distinct ? [distinct.column] : [])])]
  const carried = names.filter((name) => name !== "id")
  return (alias) =>
    carried.length
      ? join(
          carried.map((name) => sql`, ${raw(alias)}.${identifier(name)}`),
          ""
        )
      : sql``
}

/** The words' score of the document `d`, 0 … 1. */
function wordScore({ weights, ceiling, within }: KeywordPart, { vector }: Extensions): Sql {
  return within
    ? sql`${within.rank} / ${ceiling}::float8`
    : sql`(d.impacts OPERATOR(${vector}.<#>) ${weights}::${vector}.sparsevec) / ${-ceiling}::float8`
}

function wordCondition({ keyword, code, names }: ResultSetInput): Sql {
  const conditions: Sql[] = []
  if (keyword) {
    const match = sql`d.terms @@ ${keyword.tsquery}::tsquery`
    conditions.push(keyword.within ? sql`(${match} AND ${keyword.within.condition})` : match)
  }
  if (code !== undefined) {
    conditions.push(sql`d.codes LIKE ${`%${escapeLike(code)}%`}`)
  }
  if (names) {
    conditions.push(bearsName(names))
  }
  return sql`(${join(conditions, " OR ")})`
}

/** What stands above all degrees of relevance: a code of `d` that is the query, and a name that is. */
function tierOf({ code, names }: ResultSetInput): Sql {
  return names
    ? sql`greatest(${codeTier(code)}, CASE WHEN ${bearsName(names)} THEN 1 ELSE 0 END)`
    : codeTier(code)
}

/** How well the codes of `d` match: 3 exactly, 2 from their beginning, 1 in part, 0 not. */
function codeTier(code: string | undefined): Sql {
  if (code === undefined) {
    return sql`0`
  }
  const key = escapeLike(code)
  return sql`CASE WHEN d.codes LIKE ${`%|${key}|%`} THEN 3 WHEN d.codes LIKE ${`%|${key}%`} THEN 2
    WHEN d.codes LIKE ${`%${key}%`} THEN 1 ELSE 0 END`
}

/**
 * What of the score follows the similarity all the way to 1: documents nearer than the model's ceiling,
 * which else would score alike, keep their order among themselves.
 */
const ABOVE_CEILING = 0.001

/** The score of the similarity `s.similarity`, 0 … 1. A document that isn't near scores 0. */
function meaningScore({ scored: { from, to } }: SemanticPart): Sql {
  const share = sql`(s.similarity - ${from}::float8) / ${to - from}::float8`
  return sql`coalesce(
    ${1 - ABOVE_CEILING}::float8 * least(1, greatest(0, ${share}))
      + ${ABOVE_CEILING}::float8 * least(1, greatest(0, s.similarity)), 0)`
}

/**
 * Where all documents are compared anyway, so many windows of those that are near enough are hits: in a
 * shop of some hundred products choosing a facet's value then shows as many as its count said.
 */
const EXACT_WINDOWS = 5

/**
 * The nearest documents, searched apart from everything else: a join or another condition beside the
 * distance would make the planner pass over the vector index. Where the filters leave few documents,
 * these are gathered first and all compared: walking the graph until enough of them turn up would take
 * longer, and might stop before.
 */
function semanticExpressions(
  { vector, embedding, window, threshold, supportedThreshold = threshold, exact }: SemanticPart,
  table: Sql,
  filters: Sql,
  extensions: Extensions
): Sql[] {
  const column = identifier(vector.column)
  const asked = sql`${vectorLiteral(embedding, vector)}::${vectorType(vector, extensions)}`
  const distance = (alias: string) =>
    sql`${raw(alias)}.${column} OPERATOR(${extensions.vector}.<=>) ${asked}`
  const present = sql`SELECT d.id, d.${column} FROM ${table} d WHERE d.${column} IS NOT NULL AND ${filters}`
  const nearest = exact
    ? sql`SELECT p.id, ${distance("p")} AS distance FROM (${present} OFFSET 0) p
        ORDER BY 2 LIMIT ${threshold === undefined ? window : window * EXACT_WINDOWS}`
    : sql`SELECT d.id, ${distance("d")} AS distance FROM ${table} d
        WHERE d.${column} IS NOT NULL AND ${filters}
        ORDER BY 2 LIMIT ${window}`
  // A vector of the store's own may be zero, which is near to nothing: Postgres has NaN above all numbers.
  const bar =
    supportedThreshold === undefined ? sql`TRUE` : sql`similarity >= ${supportedThreshold}`
  const near = sql`similarity <> 'NaN' AND ${bar}`
  return [
    sql`nearest AS MATERIALIZED (${nearest})`,
    sql`semantic AS MATERIALIZED (
      SELECT id, similarity FROM (SELECT id, 1 - distance AS similarity FROM nearest) n WHERE ${near})`,
  ]
}
