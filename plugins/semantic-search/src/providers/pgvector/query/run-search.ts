import type { SearchTypes } from "@medusajs/framework/types"
import sql from "sql-template-tag"
import { type Reranker, rerankHits, type RerankOptions } from "../../../reranking/reranker"
import type { StoreDatabase } from "../database"
import { invalid } from "../errors"
import { highlightHits } from "../highlight/highlight-hits"
import { readHighlight } from "../highlight/options"
import { distinctField } from "../plan"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { wordCore } from "../text/words"
import { afterCursor, encodeCursor, fingerprint } from "./cursor"
import { compileFacets, type CompiledFacet } from "./facets"
import { compileFilters } from "./filters"
import { keywordQuery } from "./keyword-query"
import { compileOrder, type CompiledOrder } from "./order"
import { pickFields } from "./pick-fields"
import { isSentence, type LookedUp, type QueryWord, type WordLookup } from "./query-words"
import { type MeaningContext, resolveMeaning } from "./resolve-meaning"
import { type KeywordPart, resultSet } from "./result-set"
import { readRequest, type SearchMode, type SearchRequest } from "./search-request"
import { type Page, type Row, searchStatement } from "./search-statement"
import { withinAttributes } from "./searched-attributes"
import { queryByVector } from "./vector-scan"
import { type CatalogueName, type WholeNames, wholeNames } from "./whole-names"

export interface SearchSettings {
  max_query_length: number
  semantic_window: number
  semantic_threshold?: number
  reranker?: Reranker & RerankOptions & { window: number }
}

/** What a search needs of the provider. */
export interface SearchContext extends MeaningContext {
  database: StoreDatabase
  extensions: Extensions
  settings: SearchSettings
  words: WordLookup
}

/** Told in a result's `provider_metadata`. */
export interface PgvectorMetadata {
  /** How the query was answered. */
  mode: SearchMode
  /** Why meaning was left out, where it was asked for. */
  degraded?: string
  /** Misspelt words, and what was searched for as well. */
  corrections?: Record<string, string[]>
  /** The reranker that ordered the first hits. */
  reranked_by?: string
  /** Why they stayed in their order, where there is a reranker. */
  reranking_failed?: string
}

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

  const [meaning, { words, names: found }] = await Promise.all([
    resolveMeaning(request, { byField: order.byField, filters, index }, context),
    resolveWords(request, index, context),
  ])
  const mode = meaning.degraded ? withoutMeaning(request) : request.mode
  const byWords = mode === "keyword" || mode === "hybrid"
  const keyword = byWords ? keywordPart(words, request, index) : undefined
  const code = byWords ? request.code : undefined
  const names = byWords ? namesPart(found, request, index) : undefined
  const nothing =
    mode === "none" || (mode === "keyword" && !keyword && code === undefined && !names)
  const matched = resultSet({
    index,
    extensions,
    filters: nothing ? sql`FALSE` : filters,
    keyword,
    code,
    names,
    semantic: meaning.semantic,
    columns: [...facets.map((facet) => facet.column), ...order.columns],
    minScore: request.minScore,
    distinct: distinctColumn ? { column: distinctColumn, order: order.list } : undefined,
  })
  const counted = options.count !== "none"
  const reranker = rerankerOf(request, order, page, context.settings)
  const read = reranker ? { skip: 0, take: Math.max(reranker.window, page.skip + page.take) } : page
  const statement = searchStatement({ index, matched, order, page: read, facets, counted })
  const [row] =
    meaning.semantic && !meaning.semantic.exact
      ? await queryByVector<Row>(
          context.database,
          { window: meaning.semantic.window, documents: index.statistics.documents ?? 0 },
          statement
        )
      : await context.database.query<Row>(statement)
  const { hits, ...reranking } = reranker
    ? await rerankFirst(row.hits, request, reranker)
    : { hits: row.hits }

  const corrections = words.filter((word) => word.corrections.length)
  const highlights =
    highlight && byWords
      ? await highlightHits({
          documents: hits.map(({ document }) => document),
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
    ...reranking,
  }
  // A cursor goes on after the last hit of the order that Postgres knows.
  const full = !reranker && request.take > 0 && hits.length === request.take
  return {
    hits: hits.map(({ id, score, document }, i) => ({
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

/** The reranker, where the page shows hits that it orders: for a text, and in no order of the caller's. */
function rerankerOf(
  { text }: SearchRequest,
  { byDefault }: CompiledOrder,
  { skip, take, after }: Page,
  { reranker }: SearchSettings
): SearchSettings["reranker"] {
  const shown = text && take > 0 && byDefault && !after
  return shown && reranker && skip < reranker.window ? reranker : undefined
}

/** Orders the first hits anew, and cuts the page that was asked for out of them and the rest. */
async function rerankFirst(
  found: Row["hits"],
  { text, skip, take }: SearchRequest,
  reranker: NonNullable<SearchSettings["reranker"]>
): Promise<{ hits: Row["hits"]; reranked_by?: string; reranking_failed?: string }> {
  const first = found.slice(0, reranker.window)
  const { hits, by, failed } = await rerankHits(reranker, text, first, reranker)
  return {
    hits: [...hits, ...found.slice(reranker.window)].slice(skip, skip + take),
    ...(by ? { reranked_by: by } : {}),
    ...(failed ? { reranking_failed: failed } : {}),
  }
}

function keywordPart(
  words: QueryWord[],
  request: SearchRequest,
  index: PhysicalIndex
): KeywordPart | undefined {
  const query = keywordQuery(words, request.strategy, index.statistics.documents ?? 0)
  if (!query) {
    return undefined
  }
  return {
    ...query,
    sentence: isSentence(request.text, words),
    within: request.attributes && withinAttributes(request.attributes, index, query),
  }
}

function namesPart(
  found: CatalogueName[],
  { attributes }: SearchRequest,
  { plan }: PhysicalIndex
): WholeNames[] | undefined {
  const names = wholeNames(found, plan, attributes)
  return names.length ? names : undefined
}

function readPage(
  input: SearchTypes.ProviderSearchQuery,
  { skip, take }: SearchRequest,
  order: CompiledOrder
): Page {
  const cursor = input.pagination?.cursor
  // Without hits there is nothing to go on after. The Search Module counts a disjunctive facet by a query
  // with fewer filters that takes none, and passes on the cursor of the one with all.
  if (cursor === undefined || cursor === null || !take) {
    return { skip, take }
  }
  if (skip) {
    return invalid("pagination takes either skip or cursor, not both")
  }
  return { skip, take, after: afterCursor(cursor, fingerprint(input), order.keys) }
}

/** What is left of a query when meaning isn't to be had: its words, or nothing where it was by meaning alone. */
function withoutMeaning(request: SearchRequest): SearchMode | "none" {
  return request.text ? "keyword" : "none"
}

async function resolveWords(
  request: SearchRequest,
  index: PhysicalIndex,
  { extensions, words }: SearchContext
): Promise<LookedUp> {
  // A query by meaning alone may yet have to be answered by its words.
  if (!request.text || !index.plan.fields.some((field) => field.weight)) {
    return { words: [], names: [] }
  }
  return await words.find(index, extensions, {
    text: request.text,
    languages: request.languages,
    typos: request.typos,
    prefix: request.strategy === "last",
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
