import type { SearchTypes } from "@medusajs/framework/types"
import { projectDocument } from "@medusajs/framework/utils"
import sql, { join, raw, type Sql } from "sql-template-tag"
import type { QueryEmbedding, SimilarityScale } from "../../../embedding"
import { type Database, identifier, type StoreDatabase } from "../database"
import { highlightHits } from "../highlight/highlight-hits"
import { readHighlight } from "../highlight/options"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { correctWords, type Corrections, DEFAULT_TYPO_TOLERANCE } from "./corrections"
import { compileFacets, type CompiledFacet } from "./facets"
import { compileFilters } from "./filters"
import { compileOrder } from "./order"
import { resultSet, type SemanticPart } from "./result-set"
import { readRequest, type SearchMode, type SearchRequest } from "./search-request"
import { splitWords } from "../text/words"
import { textQuery } from "./text-query"

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
  [facet: `facet_${number}`]: unknown
}

/**
 * Answers one query: hits, count and facets come from one statement over one result set. The query's
 * embedding and the corrections of its words are looked up side by side before it.
 */
export async function runSearch(
  input: SearchTypes.ProviderSearchQuery,
  index: PhysicalIndex,
  context: SearchContext
): Promise<SearchTypes.SearchResult> {
  const started = performance.now()
  const { plan } = index
  const request = readRequest(input, plan, { maxQueryLength: context.settings.max_query_length })
  const filters = compileFilters(input.filters, plan)
  const facets = compileFacets(input.search_options?.facets, plan, context.extensions)
  const order = compileOrder(input.pagination?.order, plan)
  const { highlight: highlighting, attributes_to_search_on: searched } = input.search_options ?? {}
  const highlight = request.text
    ? readHighlight(highlighting, plan, input.index.fields, searched)
    : undefined

  const [meaning, corrections] = await Promise.all([
    resolveMeaning(request, context),
    resolveCorrections(request, index, context),
  ])
  const mode = meaning.degraded ? withoutMeaning(request) : request.mode
  const matched = resultSet({
    index,
    extensions: context.extensions,
    filters: mode === "none" ? sql`FALSE` : filters,
    keyword:
      mode === "keyword" || mode === "hybrid"
        ? { query: textQuery(request.text, request.strategy, plan.language, corrections) }
        : undefined,
    semantic: meaning.semantic,
    columns: [...facets.map((facet) => facet.column), ...order.columns],
  })
  const counted = input.search_options?.count !== "none"
  const statement = assemble({ index, matched, order: order.list, request, facets, counted })
  const [row] = meaning.semantic
    ? await withVectorScan(context.database, meaning.semantic.window, (database) =>
        database.query<Row>(statement)
      )
    : await context.database.query<Row>(statement)

  const byWords = mode === "keyword" || mode === "hybrid"
  const highlights =
    highlight && byWords
      ? await highlightHits({
          documents: row.hits.map(({ document }) => document),
          request: highlight,
          query: { text: request.text, strategy: request.strategy, corrections },
          database: context.database,
          language: plan.language,
        })
      : []
  const metadata: PgvectorMetadata = {
    mode: mode === "none" ? request.mode : mode,
    ...(meaning.degraded ? { degraded: meaning.degraded } : {}),
    ...(corrections.size ? { corrections: Object.fromEntries(corrections) } : {}),
  }
  return {
    hits: row.hits.map(({ id, score, document }, i) => ({
      id,
      ...(input.search_options?.include_score ? { score } : {}),
      document: projectDocument(document, input.attributes_to_retrieve),
      ...(highlights[i] ? { highlights: highlights[i] } : {}),
    })),
    ...(facets.length ? { facets: readFacets(facets, row) } : {}),
    metadata: {
      skip: request.skip,
      take: request.take,
      count: row.count,
      query: input.q,
      processing_time_ms: Math.round(performance.now() - started),
    },
    provider_metadata: { ...metadata },
  }
}

/** A query by meaning alone finds nothing when meaning isn't to be had; its text was given for words too otherwise. */
function withoutMeaning(request: SearchRequest): SearchMode | "none" {
  return request.text ? "keyword" : "none"
}

async function resolveMeaning(
  request: SearchRequest,
  { embedQuery, model, scale, settings }: SearchContext
): Promise<{ semantic?: SemanticPart; degraded?: string }> {
  const { vector, meaning, ratio } = request
  if (!vector || !meaning) {
    return {}
  }
  const part = { vector, window: settings.semantic_window, scale, ratio }
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
  const threshold = settings.semantic_threshold ?? scale.floor
  return { semantic: { ...part, embedding: embedding.vector, threshold } }
}

async function resolveCorrections(
  request: SearchRequest,
  index: PhysicalIndex,
  { database, extensions }: SearchContext
): Promise<Corrections> {
  const byWords = request.mode === "keyword" || request.mode === "hybrid"
  if (!byWords || !request.typos) {
    return new Map()
  }
  const words = splitWords(request.text)
  return await correctWords(database, index, extensions, words, DEFAULT_TYPO_TOLERANCE)
}

function assemble(parts: {
  index: PhysicalIndex
  matched: Sql
  order: Sql
  request: SearchRequest
  facets: CompiledFacet[]
  counted: boolean
}): Sql {
  const { index, matched, order, request, facets, counted } = parts
  const selected = [
    counted ? sql`(SELECT count(*)::int FROM matched) AS count` : sql`NULL AS count`,
    sql`(SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'score', p.score, 'document', d.document) ORDER BY p.position), '[]')
      FROM page p JOIN ${identifier(index.table)} d ON d.id = p.id) AS hits`,
    ...facets.map((facet, i) => sql`${facet.select} AS ${raw(`facet_${i}`)}`),
  ]
  return sql`
    WITH ${matched},
    page AS (
      SELECT id, score, row_number() OVER (ORDER BY ${order}) AS position
      FROM matched ORDER BY ${order} LIMIT ${request.take} OFFSET ${request.skip})
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
