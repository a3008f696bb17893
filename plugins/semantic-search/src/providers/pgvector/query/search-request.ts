import type { SearchTypes } from "@medusajs/framework/types"
import { vectorFault } from "../../../embedding"
import { invalid } from "../errors"
import {
  type IndexPlan,
  languagesOf,
  onlyVector,
  type PlannedField,
  type PlannedVector,
  type TypoTolerance,
} from "../plan"
import { codeOfQuery } from "../text/codes"
import { languageOfLocale } from "../text/languages"
import type { MatchStrategy } from "./keyword-query"
import { searchedAttributes } from "./searched-attributes"

/** How a query is answered. */
export type SearchMode = "filter" | "keyword" | "semantic" | "hybrid"

/** A query, checked against what the index can do and read into what is to be done. */
export interface SearchRequest {
  mode: SearchMode
  /** The free text; empty: none. */
  text: string
  strategy: MatchStrategy
  /** From which length on words are corrected; unset: they aren't. */
  typos?: TypoTolerance
  /** The text search configurations by which the words are stemmed. */
  languages: string[]
  /** The fields that the words are looked for in; unset: all that are searched. */
  attributes?: PlannedField[]
  /** The code that the text may be, where the index has codes. */
  code?: string
  /** The vector field that is searched by meaning. */
  vector?: PlannedVector
  /** What is embedded for it, or the embedding itself. */
  meaning?: { text: string } | { embedding: number[] }
  /** How much meaning counts, 0 … 1. */
  ratio: number
  skip: number
  take: number
  /** A hit that scores less is left out. */
  minScore?: number
}

/** What a text has to hold for a model to read something in it: "!!!" is like a bit of everything. */
const MEANINGFUL = /[\p{L}\p{N}\p{Extended_Pictographic}]/u

/** How much meaning counts where the caller says nothing: as much as the words do. */
const DEFAULT_SEMANTIC_RATIO = 0.5

/**
 * Reads a query.
 *
 * Free text on an index with one embedded vector field is hybrid unless the caller says otherwise with
 * `vector.semantic_ratio`. `match_strategy: "last"` — what a search box and Medusa's admin send at each
 * key — stays by keyword, and so does a search of chosen attributes, a text of nothing but punctuation, and
 * everything on an index without vectors.
 *
 * @throws MedusaError naming the field that is wrong
 */
export function readRequest(
  input: SearchTypes.ProviderSearchQuery,
  plan: IndexPlan,
  { maxQueryLength }: { maxQueryLength: number }
): SearchRequest {
  const options = input.search_options ?? {}
  const text = readText("q", input.q, maxQueryLength)
  const strategy = readStrategy(options.match_strategy)
  const attributes = searchedAttributes(options.attributes_to_search_on, plan)
  const base = {
    text,
    strategy,
    typos: (options.typo_tolerance ?? strategy !== "last") ? plan.typo_tolerance : undefined,
    languages: readLanguages(options.locales, plan),
    attributes,
    code: readCode(text, attributes, plan),
    skip: readCount("skip", input.pagination?.skip, 0),
    take: readCount("take", input.pagination?.take, 20),
    minScore: readScore(options.min_score),
  }
  const searchable = plan.fields.some((field) => field.weight)
  if (options.vector) {
    return { ...base, ...readVector(options.vector, text, plan, maxQueryLength) }
  }
  if (!text) {
    return { ...base, mode: "filter", ratio: 0 }
  }
  const vector = onlyVector(plan)
  if (vector?.embedded && strategy !== "last" && !attributes && MEANINGFUL.test(text)) {
    const mode = searchable ? "hybrid" : "semantic"
    return { ...base, mode, vector, meaning: { text }, ratio: DEFAULT_SEMANTIC_RATIO }
  }
  if (!searchable) {
    return invalid(`Search index "${input.index.name}" has no searchable field to look for "q" in`)
  }
  return { ...base, mode: "keyword", ratio: 0 }
}

function readStrategy(strategy: SearchTypes.SearchMatchStrategy | undefined): MatchStrategy {
  if (strategy !== undefined && !["all", "any", "last"].includes(strategy)) {
    return invalid(`search_options.match_strategy takes "all", "any" or "last"`)
  }
  return strategy ?? "most"
}

/**
 * The locales' languages in which the index has texts, and its own, which names and untranslated texts
 * are in. A language that no text of the index is in could find nothing by its stems.
 */
function readLanguages(locales: string[] | undefined, plan: IndexPlan): string[] {
  if (locales !== undefined && !Array.isArray(locales)) {
    return invalid(`search_options.locales takes a list of locales, such as ["de"]`)
  }
  const asked = (locales ?? []).map((locale) => languageOfLocale(locale, "search_options.locales"))
  const present = new Set(languagesOf(plan))
  return [...new Set([...asked.filter((language) => present.has(language)), plan.language])]
}

function readCode(
  text: string,
  attributes: PlannedField[] | undefined,
  plan: IndexPlan
): string | undefined {
  const searched = attributes ?? plan.fields
  return searched.some((field) => field.code) ? codeOfQuery(text) : undefined
}

function readScore(value: unknown): number | undefined {
  if (value === undefined || value === null) {
    return undefined
  }
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : invalid("search_options.min_score takes a number")
}

function readVector(
  options: SearchTypes.SearchVectorOptions,
  text: string,
  plan: IndexPlan,
  maxQueryLength: number
): Pick<SearchRequest, "mode" | "vector" | "meaning" | "ratio"> {
  const ratio = options.semantic_ratio ?? (text ? DEFAULT_SEMANTIC_RATIO : 1)
  if (typeof ratio !== "number" || !(ratio >= 0 && ratio <= 1)) {
    return invalid("search_options.vector.semantic_ratio takes a number from 0 to 1")
  }
  if (ratio === 0) {
    return { mode: text ? "keyword" : "filter", ratio }
  }
  const vector = plan.vectors.find((candidate) => candidate.path === options.field)
  if (!vector) {
    return invalid(
      `search_options.vector.field names "${options.field}", which this version of the index was built without. Run "npx medusa db:migrate" and restart.`
    )
  }
  const mode = text && ratio < 1 ? "hybrid" : "semantic"
  if (options.value) {
    const fault = vectorFault(options.value, vector.dimensions)
    if (fault) {
      invalid(`search_options.vector.value ${fault}`)
    }
    return { mode, vector, meaning: { embedding: options.value }, ratio }
  }
  const meaning = readText("search_options.vector.query", options.query, maxQueryLength)
  if (!meaning) {
    invalid(
      "search_options.vector.query is empty; give it a text, or leave search_options.vector out"
    )
  }
  return { mode, vector, meaning: { text: meaning }, ratio }
}

function readText(field: string, value: unknown, maxLength: number): string {
  if (value === undefined || value === null) {
    return ""
  }
  if (typeof value !== "string") {
    return invalid(`"${field}" takes a text`)
  }
  // Control characters mean nothing in a search, and Postgres refuses NUL.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) {
    return invalid(`"${field}" holds control characters; remove them`)
  }
  const text = value.trim()
  if (text.length > maxLength) {
    return invalid(`"${field}" has ${text.length} characters; the most is ${maxLength}`)
  }
  return text
}

function readCount(field: string, value: unknown, fallback: number): number {
  const count = value ?? fallback
  if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0) {
    return invalid(`pagination.${field} takes a whole number from 0 up`)
  }
  return count
}
