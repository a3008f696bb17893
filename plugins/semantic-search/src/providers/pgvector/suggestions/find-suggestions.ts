import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import { compileFilters } from "../query/filters"
import { pickFields } from "../query/pick-fields"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { stemConfig } from "../storage/text-search-config"
import { correctPhrase, type TypedWord } from "./correct-phrase"
import { foldedPhrase } from "./folded-phrase"
import { indexedWords } from "./indexed-words"
import { markTyped } from "./mark-typed"
import { QUERY_KIND, suggestedFields } from "./suggest-kind"

/** What a text may be completed to. */
export interface Suggestion {
  text: string
  /** "author", "title" …; "query" for what other shoppers searched for. */
  kind: string
  /** How many products hold it, as of the last refresh; null for a search of other shoppers. */
  count: number | null
  /** The text as safe HTML, with the words marked that were typed. */
  highlight: string
}

export interface SuggestionRequest {
  index: PhysicalIndex
  extensions: Extensions
  /** What was typed; empty: what is popular. */
  text: string
  filters: SearchTypes.SearchFilters | undefined
  /** The sales channels that count; one of them empty: the documents know none. */
  channels: string[]
  /** How many suggestions. */
  limit: number
  /** How many documents, of those that the suggestions lead to. */
  documents: number
  attributes: string[]
}

export interface Suggestions {
  suggestions: Suggestion[]
  hits: SearchTypes.SearchHit[]
}

/** How many phrases are looked at for each that is wanted: some are one text, some can't be seen. */
const CANDIDATES_PER_SUGGESTION = 3

/** Whole phrases that begin with fewer letters are taken from the head. */
const MIN_PREFIX_LENGTH = 4

/** Words of phrases that begin with fewer letters are taken from the head, where another word narrows them, and where none does. */
const MIN_WORD_LENGTH = { among_others: 3, alone: 4 }

/** Up to so many documents of a phrase are looked up themselves; of more, samples first. */
const FEW_DOCUMENTS = 100

/** Of how many suggestions the documents are shown. */
const LEADING_PHRASES = 5

/** Of how many documents with all the words the best are chosen. */
const RANKED_DOCUMENTS = 50

interface Candidate {
  kind: string
  text: string
  folded: string
  documents: number
  samples: string[]
  count: number | null
}

/** A text as it was typed, read into words. */
interface Typed {
  folded: string
  words: TypedWord[]
}

/**
 * Completes a text: phrases that begin with it, then phrases with a word that does, and, only where there
 * is none, phrases with the words that misspelt ones were meant for; in each group what is searched for
 * and occurs most comes first.
 *
 * Whatever the phrase table holds, a phrase is answered only if a document that passes `filters` holds it
 * now. Four round trips, six where words are corrected, each by an index and of bounded work.
 */
export async function findSuggestions(
  database: Database,
  request: SuggestionRequest
): Promise<Suggestions> {
  const { index, limit } = request
  if (!suggestedFields(index.plan.fields).length) {
    return { suggestions: [], hits: [] }
  }
  const typed = await readTyped(database, request)
  if (request.text && !typed.words.length) {
    return { suggestions: [], hits: [] }
  }
  let seen = await seeable(database, request, await candidates(database, request, typed))
  let words = typed.words
  if (!seen.length && words.length) {
    const corrected = await correctPhrase(database, request, words)
    if (corrected) {
      words = corrected
      seen = await seeable(database, request, await correctedCandidates(database, request, words))
    }
  }
  const found = seen.slice(0, limit)
  return {
    suggestions: found.map(({ text, kind, count }) => ({
      text,
      kind,
      count,
      highlight: markTyped(text, words),
    })),
    hits: words.length ? await documentsOf(database, request, found, words) : [],
  }
}

async function readTyped(
  database: Database,
  { text, extensions }: SuggestionRequest
): Promise<Typed> {
  if (!text) {
    return { folded: "", words: [] }
  }
  const [{ folded }] = await database.query<{ folded: string }>(
    sql`SELECT ${foldedPhrase(sql`${text}::text`, extensions)} AS folded`
  )
  const words = folded.split(" ").filter(Boolean)
  return {
    folded,
    words: words.map((word, i) => ({ variants: [word], unfinished: i === words.length - 1 })),
  }
}

/** Phrases that a typed text may become, in order. */
async function candidates(
  database: Database,
  request: SuggestionRequest,
  typed: Typed
): Promise<Candidate[]> {
  if (!typed.words.length) {
    return await rank(database, request, [sql`p.head`], "")
  }
  const [whole, word] = [beginsWith(typed.folded), containsWords(typed.words)]
  const found = await rank(database, request, [whole.quick, word.quick], typed.folded)
  if (found.length >= request.limit || !whole.thorough) {
    return found
  }
  return await rank(database, request, [whole.thorough, word.quick], typed.folded)
}

/**
 * Phrases that begin with a text. Of a few letters thousands do, and the head has those that come first;
 * only where it has too few the others are looked at, which then are few as well.
 */
function beginsWith(folded: string): { quick: Sql; thorough?: Sql } {
  // Folded texts have neither % nor _ nor \.
  const begins = sql`p.folded LIKE ${`${folded}%`}`
  return folded.length < MIN_PREFIX_LENGTH
    ? { quick: sql`p.head AND ${begins}`, thorough: begins }
    : { quick: begins }
}

function containsWords(words: TypedWord[]): { quick: Sql } {
  const last = words[words.length - 1].variants[0]
  const shortest = words.length > 1 ? MIN_WORD_LENGTH.among_others : MIN_WORD_LENGTH.alone
  if (last.length >= shortest) {
    return { quick: sql`${indexedWords(sql`p.folded`)} @@ ${wordQuery(words)}` }
  }
  const each = words.map(({ variants: [word], unfinished }) =>
    unfinished
      ? sql`' ' || p.folded LIKE ${`% ${word}%`}`
      : sql`' ' || p.folded || ' ' LIKE ${`% ${word} %`}`
  )
  return { quick: sql`p.head AND ${join(each, " AND ")}` }
}

/** All words, each in one of its variants, the unfinished one as a beginning. */
function wordQuery(words: TypedWord[]): Sql {
  const text = words
    .map(({ variants, unfinished }) =>
      // Folded words have no quotes and no backslashes.
      variants.map((word) => `'${word}'${unfinished ? ":*" : ""}`).join(" | ")
    )
    .map((alternatives) => `(${alternatives})`)
    .join(" & ")
  return sql`${text}::tsquery`
}

async function correctedCandidates(
  database: Database,
  request: SuggestionRequest,
  words: TypedWord[]
): Promise<Candidate[]> {
  const condition = sql`${indexedWords(sql`p.folded`)} @@ ${wordQuery(words)}`
  return await rank(database, request, [condition], "")
}

/**
 * The first phrases by conditions, those by an earlier one first; within them the very text, then by
 * searches and documents, and among equals the kind that the index names first.
 */
async function rank(
  database: Database,
  { index, channels, limit }: SuggestionRequest,
  conditions: Sql[],
  folded: string
): Promise<Candidate[]> {
  const wanted = limit * CANDIDATES_PER_SUGGESTION
  const kinds = suggestedFields(index.plan.fields).map(({ suggest }) => suggest)
  const order = sql`folded = ${folded} DESC, searches DESC, documents DESC,
    array_position(ARRAY[${join(kinds)}]::text[], kind), length(folded), folded, text`
  const sold = sql`ARRAY[${join(channels)}]::text[]`
  const groups = conditions.map(
    (condition, tier) => sql`(
      SELECT p.*, ${tier}::int AS tier FROM ${identifier(index.phrase_table)} p
      WHERE ${condition} AND p.channels && ${sold} ORDER BY ${order} LIMIT ${wanted})`
  )
  return await database.query<Candidate>(sql`
    SELECT kind, text, folded, documents, samples, (
      SELECT max(n) FROM unnest(channels, counts) AS c(channel, n) WHERE channel = ANY (${sold})
    ) AS count
    FROM (
      SELECT DISTINCT ON (kind, text) * FROM (${join(groups, " UNION ALL ")}) g
      ORDER BY kind, text, tier) c
    ORDER BY tier, ${order}
    LIMIT ${wanted * conditions.length}`)
}

/** Of the candidates those that a document holds which passes the filters, each text once. */
async function seeable(
  database: Database,
  request: SuggestionRequest,
  found: Candidate[]
): Promise<Candidate[]> {
  const seen = new Map<string, Candidate>()
  for (let start = 0; start < found.length && seen.size < request.limit;) {
    const batch = found.slice(start, start + request.limit)
    start += batch.length
    const visible = await visibleOnes(database, request, batch)
    const kinds = suggestedFields(request.index.plan.fields).map(({ suggest }) => suggest)
    const rankOf = ({ kind }: Candidate) => kinds.indexOf(kind) + 1 || kinds.length + 1
    for (const candidate of visible) {
      const other = seen.get(candidate.folded)
      // One text of two kinds keeps its place and is of the kind that the index names first.
      if (!other || rankOf(candidate) < rankOf(other)) {
        seen.set(candidate.folded, candidate)
      }
    }
  }
  return [...seen.values()]
}

async function visibleOnes(
  database: Database,
  request: SuggestionRequest,
  batch: Candidate[]
): Promise<Candidate[]> {
  const passes = compileFilters(request.filters, request.index.plan)
  const frequent = batch.filter(isFrequent)
  const bySample = await holding(database, frequent, ({ samples, ...phrase }) => {
    const table = identifier(request.index.table)
    return sql`SELECT d.id FROM ${table} d
      WHERE d.id IN (${join(samples)}) AND ${holds(request.index, phrase)} AND ${passes}`
  })
  const others = batch.filter((candidate) => !bySample.has(candidate))
  const byValue = await holding(database, others, (phrase) => holders(request, phrase))
  return batch.filter((candidate) => bySample.has(candidate) || byValue.has(candidate))
}

/** Those phrases for which a query of documents finds any. */
async function holding(
  database: Database,
  phrases: Candidate[],
  query: (phrase: Candidate) => Sql
): Promise<Set<Candidate>> {
  if (!phrases.length) {
    return new Set()
  }
  const each = phrases.map(
    (phrase, i) => sql`(SELECT ${i}::int AS i FROM (${query(phrase)}) f LIMIT 1)`
  )
  const rows = await database.query<{ i: number }>(join(each, " UNION ALL "))
  return new Set(rows.map(({ i }) => phrases[i]))
}

function isFrequent({ documents, kind }: Candidate): boolean {
  return documents > FEW_DOCUMENTS || kind === QUERY_KIND
}

/**
 * The documents that hold a phrase and pass the filters: `id`.
 *
 * Those of a rare phrase are looked up by its column's index, apart from the filters: a planner that knows
 * that one row will do may walk through all documents for it. Those of a frequent one are met at once on
 * such a walk.
 */
function holders({ index, filters }: SuggestionRequest, phrase: Candidate): Sql {
  const table = identifier(index.table)
  const [held, passes] = [holds(index, phrase), compileFilters(filters, index.plan)]
  return isFrequent(phrase)
    ? sql`SELECT d.id FROM ${table} d WHERE ${held} AND ${passes}`
    : sql`SELECT d.id FROM (SELECT * FROM ${table} d WHERE ${held} OFFSET 0) d WHERE ${passes}`
}

/** Whether the document `d` holds a phrase. */
function holds({ plan }: PhysicalIndex, { kind, text }: Pick<Candidate, "kind" | "text">): Sql {
  const field = suggestedFields(plan.fields).find(({ suggest }) => suggest === kind)
  if (!field) {
    return sql`d.terms @@ plainto_tsquery(${stemConfig(plan.language)}, ${text})`
  }
  const column = sql`d.${identifier(field.column)}`
  return field.array ? sql`${column} @> ARRAY[${text}]::text[]` : sql`${column} = ${text}`
}

/**
 * Documents that hold the first phrases, those of the first one first; then, where they are too few, such
 * as hold all words, though no single phrase of theirs does ("tolkien hobb").
 */
async function documentsOf(
  database: Database,
  request: SuggestionRequest,
  phrases: Candidate[],
  words: TypedWord[]
): Promise<SearchTypes.SearchHit[]> {
  const { index, documents: wanted, attributes } = request
  const each = phrases.slice(0, LEADING_PHRASES).map((phrase, i) => {
    const order = isFrequent(phrase) ? sql`` : sql`ORDER BY id`
    return sql`(SELECT ${i}::int AS i, id FROM (${holders(request, phrase)}) h
      ${order} LIMIT ${wanted})`
  })
  const byWords = documentsWithWords(request, words)
  const groups = [...each, ...(byWords ? [byWords] : [])]
  if (!groups.length) {
    return []
  }
  const rows = await database.query<{ id: string; document: Record<string, unknown> }>(sql`
    SELECT d.id, d.document FROM (
      SELECT id, min(i) AS i FROM (${join(groups, " UNION ALL ")}) f GROUP BY id
      ORDER BY i, id LIMIT ${wanted}) f
    JOIN ${identifier(index.table)} d ON d.id = f.id
    ORDER BY f.i, f.id`)
  return rows.map(({ id, document }) => ({ id, document: pickFields(document, attributes) }))
}

/** The best by rank of the first documents that hold all words; undefined where a word is too short. */
function documentsWithWords(
  { index, filters, documents: wanted }: SuggestionRequest,
  words: TypedWord[]
): Sql | undefined {
  const last = words[words.length - 1]
  if (last.unfinished && last.variants[0].length < MIN_WORD_LENGTH.among_others) {
    return undefined
  }
  const { plan } = index
  const each = words.map((word) => stemQuery(word, plan.language))
  const query = sql`(${join(each, " && ")})`
  return sql`(SELECT ${LEADING_PHRASES}::int + row_number() OVER (
      ORDER BY ts_rank(terms, ${query}) DESC, id)::int AS i, id
    FROM (
      SELECT d.id, d.terms FROM ${identifier(index.table)} d
      WHERE d.terms @@ ${query} AND ${compileFilters(filters, plan)} LIMIT ${RANKED_DOCUMENTS}) m
    ORDER BY i LIMIT ${wanted})`
}

/** A word, or one of those it stands for, as documents hold it: stemmed. */
function stemQuery({ variants, unfinished }: TypedWord, language: string): Sql {
  const each = variants.map((word) => {
    const stems = sql`plainto_tsquery(${stemConfig(language)}, ${word})`
    // Folded words have no quotes. A word that is being typed may have the stem of another one.
    return unfinished
      ? sql`(regexp_replace(${stems}::text, '''$', ''':*')::tsquery || ${`'${word}':*`}::tsquery)`
      : stems
  })
  return sql`(${join(each, " || ")})`
}
