import type { SearchTypes } from "@medusajs/framework/types"
import type { Database } from "../database"
import { pickFields } from "../query/pick-fields"
import { correctPhrase, type TypedWord } from "./correct-phrase"
import { findCorrectedPhrases, findPhrases, type Phrase } from "./find-phrases"
import { markTyped } from "./mark-typed"
import type { SuggestionRequest } from "./request"
import { suggestedFields } from "./suggest-kind"
import { readTyped } from "./typed-text"
import { type FoundDocument, visiblePhrases } from "./visible-phrases"

/** What a text may be completed to. */
export interface Suggestion {
  text: string
  /** "author", "title" …; "query" for what other shoppers searched for. */
  kind: string
  /**
   * How many products hold it that the shopper may see; null for a search of other shoppers, and where
   * it would have to be counted: of more than a hundred products in several channels, or narrowed by a
   * filter of the store's own.
   */
  count: number | null
  /** The text as safe HTML, with the words marked that were typed. */
  highlight: string
}

export interface Suggestions {
  suggestions: Suggestion[]
  hits: SearchTypes.SearchHit[]
  /** Whether misspelt words were corrected for them. */
  corrected: boolean
}

/** What is shown for a text. */
interface Shown {
  phrases: Phrase[]
  documents: FoundDocument[]
}

const NONE: Shown = { phrases: [], documents: [] }

const NOTHING: Suggestions = { suggestions: [], hits: [], corrected: false }

/**
 * Completes a text: phrases that begin with it, then phrases with a word that does, and, only where there
 * is none, phrases with the words that misspelt ones were meant for; in each group what is searched for
 * and occurs most comes first.
 *
 * Whatever the phrase table holds, a phrase is answered only if a document that passes the filters holds
 * it now. Two round trips, two more where words are corrected, each by an index and of bounded work.
 */
export async function findSuggestions(
  database: Database,
  request: SuggestionRequest
): Promise<Suggestions> {
  if (!suggestedFields(request.index.plan.fields).length) {
    return NOTHING
  }
  const typed = await readTyped(database, request)
  if (request.text && !typed.words.length) {
    return NOTHING
  }
  const { words } = typed
  const found = await findPhrases(database, request, typed)
  const shown = found.length ? await show(database, request, found, words) : undefined
  if (shown?.phrases.length || !words.length) {
    return answer(request, shown, words)
  }
  const meant = await correctPhrase(database, request, words)
  if (!meant) {
    return answer(request, shown ?? (await show(database, request, [], words)), words)
  }
  const corrected = await findCorrectedPhrases(database, request, meant)
  return {
    ...answer(request, await show(database, request, corrected, meant), meant),
    corrected: true,
  }
}

/** Of the phrases that were found those that the shopper may see, each text once, and their documents. */
async function show(
  database: Database,
  request: SuggestionRequest,
  found: Phrase[],
  words: TypedWord[]
): Promise<Shown> {
  const kinds = suggestedFields(request.index.plan.fields).map(({ suggest }) => suggest)
  const rankOf = ({ kind }: Phrase) => kinds.indexOf(kind) + 1 || kinds.length + 1
  const shown = new Map<string, Phrase>()
  const documents: FoundDocument[] = []
  let start = 0
  do {
    const batch = found.slice(start, start + request.limit)
    const visible = await visiblePhrases(database, request, batch, start ? [] : words)
    for (const phrase of visible.phrases) {
      const other = shown.get(phrase.folded)
      // One text of two kinds keeps its place and is of the kind that the index names first.
      if (!other || rankOf(phrase) < rankOf(other)) {
        shown.set(phrase.folded, phrase)
      }
    }
    documents.push(...visible.documents.map((one) => ({ ...one, place: start + one.place })))
    start += request.limit
  } while (start < found.length && shown.size < request.limit)
  return { phrases: [...shown.values()].slice(0, request.limit), documents }
}

function answer(
  { attributes, documents: wanted }: SuggestionRequest,
  shown: Shown | undefined,
  words: TypedWord[]
): Suggestions {
  const { phrases, documents } = shown ?? NONE
  // Where nothing is typed yet, products would be any.
  const ordered = words.length ? [...documents].sort((a, b) => a.place - b.place) : []
  const distinct = ordered.filter(({ id }, i) => i === ordered.findIndex((one) => one.id === id))
  return {
    suggestions: phrases.map(({ text, kind, count }) => ({
      text,
      kind,
      count,
      highlight: markTyped(text, words),
    })),
    hits: distinct
      .slice(0, wanted)
      .map(({ id, document }) => ({ id, document: pickFields(document, attributes) })),
    corrected: false,
  }
}
