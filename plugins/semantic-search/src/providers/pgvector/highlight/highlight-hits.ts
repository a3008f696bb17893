import { readDocumentPath } from "@medusajs/framework/utils"
import type { Database } from "../database"
import { findMarks, type Mark } from "./marks"
import type { HighlightRequest } from "./options"
import { type HighlightedQuery, matcherOf, queryTerms } from "./query-terms"
import { render } from "./render"
import { chooseSnippet } from "./snippet"
import { type LexemesOf, stemmerOf } from "./stemmer"
import { type Chunk, chunksOf } from "./text-chunks"

/** The marked values of a hit's fields, by path; undefined where no word of the query stands in any. */
export type Highlights = Record<string, string[]> | undefined

export interface HighlightInput {
  /** The documents of the hits. */
  documents: Record<string, unknown>[]
  request: HighlightRequest
  query: HighlightedQuery
  database: Database
  /** The languages by whose rules the query was stemmed. */
  languages: string[]
  /** That of the fields which name none of their own. */
  language: string
}

/** Fragments of one field: an array may hold a match in each of a hundred values. */
const MAX_FRAGMENTS = 3

interface Value {
  text: string
  chunks: Chunk[]
}

/**
 * Marks, in the documents of hits, the words that the search matched: by stem, with accents folded, as
 * corrected, and the beginning of a word where the query's last one may be unfinished. What it answers is
 * HTML in which nothing of the catalogue's text stands unescaped.
 *
 * Without snippets a field's values all come, marked or not; with snippets only those that hold a match,
 * three at most, cropped around it. A field without any match is left out.
 *
 * @returns in the order of the documents
 */
export async function highlightHits(input: HighlightInput): Promise<Highlights[]> {
  const { documents, request, query, database } = input
  const terms = queryTerms(query)
  const hits = documents.map((document) =>
    request.fields.map(({ path, language = input.language }) => ({
      path,
      language,
      values: valuesOf(document, path),
    }))
  )
  const stemmer = stemmerOf(database)
  const variants = terms.flatMap((term) => term.variants)
  const stemmed = new Map<string, LexemesOf>()
  for (const language of new Set([
    ...input.languages,
    ...hits.flat().map((field) => field.language),
  ])) {
    const own = hits.flat().filter((field) => field.language === language)
    const pieces = own.flatMap(({ values }) => values.flatMap(piecesOf))
    stemmed.set(language, await stemmer.lexemes(language, [...variants, ...pieces]))
  }
  const matches = matcherOf(terms, (word) => [
    ...new Set(input.languages.flatMap((language) => stemmed.get(language)!(word))),
  ])
  return hits.map((fields) => {
    const marked = fields.flatMap(({ path, language, values }) => {
      const lexemesOf = stemmed.get(language)!
      const marks = values.map(({ chunks }) => findMarks(chunks, matches, lexemesOf))
      return marks.some((found) => found.length)
        ? [[path, fragmentsOf(values, marks, request)] as const]
        : []
    })
    return marked.length ? Object.fromEntries(marked) : undefined
  })
}

function valuesOf(document: Record<string, unknown>, path: string): Value[] {
  return readDocumentPath(document, path.split("."))
    .map(String)
    .map((text) => ({ text, chunks: chunksOf(text) }))
}

function piecesOf({ chunks }: Value): string[] {
  return chunks.flatMap(({ text, words }) => [text, ...words.map((word) => word.text)])
}

function fragmentsOf(
  values: Value[],
  marks: Mark[][],
  { tags, snippet }: HighlightRequest
): string[] {
  if (snippet === undefined) {
    return values.map(({ text }, i) => render(text, marks[i], tags))
  }
  return values
    .flatMap(({ text, chunks }, i) => {
      if (!marks[i].length) {
        return []
      }
      const words = chunks.flatMap((chunk) => chunk.words)
      const part = chooseSnippet(words, marks[i], snippet)
      return [render(text, marks[i], tags, part)]
    })
    .slice(0, MAX_FRAGMENTS)
}
