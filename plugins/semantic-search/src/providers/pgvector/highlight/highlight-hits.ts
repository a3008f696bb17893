import { readDocumentPath } from "@medusajs/framework/utils"
import type { Database } from "../database"
import { findMarks, type Mark } from "./marks"
import type { HighlightRequest } from "./options"
import { type HighlightedQuery, matcherOf, queryTerms } from "./query-terms"
import { render } from "./render"
import { chooseSnippet } from "./snippet"
import { stemmerOf } from "./stemmer"
import { type Chunk, chunksOf } from "./text-chunks"

/** The marked values of a hit's fields, by path; undefined where no word of the query stands in any. */
export type Highlights = Record<string, string[]> | undefined

export interface HighlightInput {
  /** The documents of the hits. */
  documents: Record<string, unknown>[]
  request: HighlightRequest
  query: HighlightedQuery
  database: Database
  /** The language by whose rules the search stemmed. */
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
  const { documents, request, query, database, language } = input
  const terms = queryTerms(query)
  const hits = documents.map((document) =>
    request.fields.map(({ path }) => ({ path, values: valuesOf(document, path) }))
  )
  const pieces = hits.flat().flatMap(({ values }) => values.flatMap(piecesOf))
  const lexemesOf = await stemmerOf(database).lexemes(language, [
    ...terms.flatMap(({ variants }) => variants),
    ...pieces,
  ])
  const matches = matcherOf(terms, lexemesOf)
  return hits.map((fields) => {
    const marked = fields.flatMap(({ path, values }) => {
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
