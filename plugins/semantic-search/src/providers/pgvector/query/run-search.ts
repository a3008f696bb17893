import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, raw, type Sql } from "sql-template-tag"
import type { QueryEmbedding, SimilarityScale } from "../../../embedding"
import { type Database, identifier, type StoreDatabase } from "../database"
import { invalid } from "../errors"
import { distinctField } from "../plan"
import { highlightHits } from "../highlight/highlight-hits"
import { readHighlight } from "../highlight/options"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { wordCore } from "../text/words"
import { afterCursor, encodeCursor, fingerprint } from "./cursor"
import { compileFacets, type CompiledFacet } from "./facets"
import type { FilterSelectivity } from "./filter-selectivity"
import { compileFilters } from "./filters"
import { keywordQuery } from "./keyword-query"
import { compileOrder, type CompiledOrder } from "./order"
import { pickFields } from "./pick-fields"
import type { QueryWord, WordLookup } from "./query-words"
import { type KeywordPart, resultSet, type SemanticPart } from "./result-set"
import { readRequest, type SearchMode, type SearchRequest } from "./search-request"
import { attributesCondition } from "./searched-attributes"

export interface SearchSettings {
  max_query_length: number
  semantic_window: number
  semantic_threshold?: number
}

/** What a search needs of the provider. */
export interface SearchContext {
  database: StoreDatabase
  extensions: Extensions
  settings: SearchSettings
  /** The model whose embeddings `embedQuery` makes, and how its similarities are read. */
  model: string
  scale: SimilarityScale
  embedQuery: (text: string) => Promise<QueryEmbedding>
  words: WordLookup
  selectivity: FilterSelectivity
}

/** Told in a result's `provider_metadata`. */
export interface PgvectorMetadata {
  /** How the query was answered. */
  mode: SearchMode
  /** Why meaning was left out, where it was asked for. */
  degraded?: string
  /** Misspelt words, and what was searched for as well. */
  corrections?: Record<string, string[]>
}

interface Row {
  count: number | null
  hits: { id: string; score: number; document: Record<string, unknown> }[]
  /** The values that decided the place of the last hit. */
  last: (string | number | boolean | null)[] | null
  [facet: `facet_${number}`]: unknown
}

/** Orders that say nothing of relevance show the tail of a result first: a semantic hit must be nearer. */
const BY_FIELD_SHARE = 0.35

/** How much less near a document may be that holds a word of the query. */
const SUPPORTED_SHARE = 1 / 6

/**
 * Answers one query: hits, count and facets come from one statement over one result set. The query's
 * embedding and its words are looked up side by side before it.
 */
export async function runSearch(
  input: SearchTypes.ProviderSearchQuery,
  index: PhysicalIndex,
  context: SearchContext
): Promise<SearchTypes.SearchResult> {
  const started = performance.now()
  const { plan } = index
  const { extensions } = context
  const options = input.search_options ?? {}
  const request = readRequest(input, plan, { maxQueryLength: context.settings.max_query_length })
  const filters = compileFilters(input.filters, plan)
  const facets = compileFacets(options.facets, plan, extensions)
  const order = compileOrder(input.pagination?.order, plan)
  const distinct = options.distinct ?? plan.distinct
  const distinctColumn = distinct ? distinctField(plan, distinct).column : undefined
  const page = readPage(input, request, order)
  const highlight = request.text
    ? readHighlight(options.highlight, plan, input.index.fields, options.attributes_to_search_on)
    : undefined

  const [meaning, words] = await Promise.all([
    resolveMeaning(request, { byField: order.byField, filters, index }, context),
    resolveWords(request, index, context),
  ])
  const mode = meaning.degraded ? withoutMeaning(request) : request.mode
  const byWords = mode === "keyword" || mode === "hybrid"
  const keyword = byWords ? keywordPart(words, request, index) : undefined
  const code = byWords ? request.code : undefined
  const nothing = mode === "none" || (mode === "keyword" && !keyword && code === undefined)
  const matched = resultSet({
    index,
    extensions,
    filters: nothing ? sql`FALSE` : filters,
    keyword,
    code,
    semantic: meaning.semantic,
    columns: [...facets.map((facet) => facet.column), ...order.columns],
    minScore: request.minScore,
    distinct: distinctColumn ? { column: distinctColumn, order: order.list } : undefined,
  })
  const counted = options.count !== "none"
  const statement = assemble({ index, matched, order, page, facets, counted })
  const [row] =
    meaning.semantic && !meaning.semantic.exact
      ? await withVectorScan(context.database, meaning.semantic.window, (database) =>
          database.query<Row>(statement)
        )
      : await context.database.query<Row>(statement)

  const corrections = words.filter((word) => word.corrections.length)
  const highlights =
    highlight && byWords
      ? await highlightHits({
          documents: row.hits.map(({ document }) => document),
          request: highlight,
          query: {
            text: request.text,
            strategy: request.strategy,
            corrections: new Map(corrections.map((w) => [wordCore(w.word), w.corrections])),
          },
          database: context.database,
          languages: request.languages,
          language: plan.language,
        })
      : []
  const metadata: PgvectorMetadata = {
    mode: mode === "none" ? request.mode : mode,
    ...(meaning.degraded ? { degraded: meaning.degraded } : {}),
    ...(corrections.length
      ? { corrections: Object.fromEntries(corrections.map((w) => [w.word, w.corrections])) }
      : {}),
  }
  const full = request.take > 0 && row.hits.length === request.take
  return {
    hits: row.hits.map(({ id, score, document }, i) => ({
      id,
      ...(options.include_score ? { score } : {}),
      document: pickFields(document, input.attributes_to_retrieve),
      ...(highlights[i] ? { highlights: highlights[i] } : {}),
    })),
    ...(facets.length ? { facets: readFacets(facets, row) } : {}),
    metadata: {
      skip: request.skip,
      take: request.take,
      count: row.count,
      query: input.q,
      ...(full && row.last ? { next_cursor: encodeCursor(row.last, fingerprint(input)) } : {}),
      processing_time_ms: Math.round(performance.now() - started),
    },
    provider_metadata: { ...metadata },
  }
}

/** Which part of the ordered result is shown. */
interface Page {
  skip: number
  take: number
  /** The condition of the hits after a cursor. */
  after?: Sql
}

function readPage(
  input: SearchTypes.ProviderSearchQuery,
  { skip, take }: SearchRequest,
  order: CompiledOrder
): Page {
  const cursor = input.pagination?.cursor
  if (cursor === undefined || cursor === null) {
    return { skip, take }
  }
  if (skip) {
    return invalid("pagination takes either skip or cursor, not both")
  }
  return { skip, take, after: afterCursor(cursor, fingerprint(input), order.keys) }
}

function keywordPart(
  words: QueryWord[],
  request: SearchRequest,
  { plan, statistics }: PhysicalIndex
): KeywordPart | undefined {
  const query = keywordQuery(words, request.strategy, statistics.documents ?? 0)
  if (!query || !request.attributes) {
    return query
  }
  return {
    ...query,
    restriction: attributesCondition(request.attributes, plan, query.tsquery),
  }
}

/** A query by meaning alone finds nothing when meaning isn't to be had; its text was given for words too otherwise. */
function withoutMeaning(request: SearchRequest): SearchMode | "none" {
  return request.text ? "keyword" : "none"
}

async function resolveMeaning(
  request: SearchRequest,
  { byField, filters, index }: { byField: boolean; filters: Sql; index: PhysicalIndex },
  { embedQuery, model, scale, selectivity, settings }: SearchContext
): Promise<{ semantic?: SemanticPart; degraded?: string }> {
  const { vector, meaning, ratio } = request
  if (!vector || !meaning) {
    return {}
  }
  const window = settings.semantic_window
  const exact = await selectivity.isSelective(index, filters, window)
  const part = { vector, window, scale, ratio, exact }
  if ("embedding" in meaning) {
    return { semantic: { ...part, embedding: meaning.embedding } }
  }
  if (vector.embedded?.model !== model) {
    const built = vector.embedded?.model ?? "vectors of the store's own"
    return {
      degraded: `The index was built with ${built}, but the provider runs ${model}: run "npx medusa db:migrate" and restart`,
    }
  }
  const embedding = await embedQuery(meaning.text)
  if ("unavailable" in embedding) {
    return { degraded: embedding.unavailable }
  }
  const floor = settings.semantic_threshold ?? scale.floor
  const span = scale.ceiling - floor
  const threshold = byField ? floor + BY_FIELD_SHARE * span : floor
  return {
    semantic: {
      ...part,
      embedding: embedding.vector,
      threshold,
      ...(request.mode === "hybrid"
        ? { supportedThreshold: threshold - SUPPORTED_SHARE * span }
        : {}),
    },
  }
}

async function resolveWords(
  request: SearchRequest,
  index: PhysicalIndex,
  { extensions, words }: SearchContext
): Promise<QueryWord[]> {
  // A query by meaning alone may yet have to be answered by its words.
  if (!request.text || !index.plan.fields.some((field) => field.weight)) {
    return []
  }
  return await words.find(index, extensions, {
    text: request.text,
    languages: request.languages,
    typos: request.typos,
    prefix: request.strategy === "last",
  })
}

function assemble(parts: {
  index: PhysicalIndex
  matched: Sql
  order: CompiledOrder
  page: Page
  facets: CompiledFacet[]
  counted: boolean
}): Sql {
  const { index, matched, order, page, facets, counted } = parts
  const place = join(order.keys.map(({ value }) => value))
  const selected = [
    counted ? sql`(SELECT count(*)::int FROM matched) AS count` : sql`NULL AS count`,
    sql`(SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'score', p.score, 'document', d.document) ORDER BY p.position), '[]')
      FROM page p JOIN ${identifier(index.table)} d ON d.id = p.id) AS hits`,
    sql`(SELECT place FROM page ORDER BY position DESC LIMIT 1) AS last`,
    ...facets.map((facet, i) => sql`${facet.select} AS ${raw(`facet_${i}`)}`),
  ]
  return sql`
    WITH ${matched},
    page AS MATERIALIZED (
      SELECT id, score, jsonb_build_array(${place}) AS place,
        row_number() OVER (ORDER BY ${order.list}) AS position
      FROM matched WHERE ${page.after ?? sql`TRUE`}
      ORDER BY ${order.list} LIMIT ${page.take} OFFSET ${page.skip})
    SELECT ${join(selected, ", ")}`
}

/** `hnsw.ef_search` has a range of its own: how many candidates one pass over the graph keeps. */
const EF_SEARCH = { min: 40, max: 1_000 }

/**
 * Runs a statement under the settings of the vector index: a window of `window` is found in one pass,
 * and the scan goes on when a filter left too few, so that filters never empty a page.
 */
async function withVectorScan<T>(
  database: StoreDatabase,
  window: number,
  run: (database: Database) => Promise<T>
): Promise<T> {
  const efSearch = Math.min(Math.max(window, EF_SEARCH.min), EF_SEARCH.max)
  return await database.transaction(async (transaction) => {
    await transaction.query(sql`
      SELECT set_config('hnsw.iterative_scan', 'strict_order', true),
        set_config('hnsw.ef_search', ${String(efSearch)}, true)`)
    return await run(transaction)
  })
}

function readFacets(
  facets: CompiledFacet[],
  row: Row
): Record<string, SearchTypes.SearchFacetResult> {
  return Object.fromEntries(
    facets.map((facet, i) => [facet.field, facet.toResult(row[`facet_${i}`])])
  )
}
