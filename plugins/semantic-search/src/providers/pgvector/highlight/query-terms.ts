import type { MatchStrategy } from "../query/keyword-query"
import { fold, splitWords, wordCore } from "../text/words"
import type { LexemesOf } from "./stemmer"

/** The free text as the search read it. */
export interface HighlightedQuery {
  text: string
  strategy: MatchStrategy
  /** A word of the query, as it is corrected, → the known words that it was replaced by. */
  corrections: ReadonlyMap<string, string[]>
}

/** What one word of the query finds. */
export interface QueryTerm {
  /** The word and what it was corrected to, to be stemmed. */
  variants: string[]
  /** Whether the word may be the beginning of another. */
  unfinished: boolean
}

/** The words of a query, and what was searched for with each of them. */
export function queryTerms({ text, strategy, corrections }: HighlightedQuery): QueryTerm[] {
  const words = splitWords(text)
  return words.map((word, i) => ({
    variants: [word, ...(corrections.get(wordCore(word)) ?? [])],
    unfinished: strategy === "last" && i === words.length - 1,
  }))
}

/** Which words of the query, by their positions, a lexeme of a document matches. */
export type Matcher = (lexeme: string) => number[]

/** The matcher of a query, by the rules of `textQuery`. */
export function matcherOf(terms: QueryTerm[], lexemesOf: LexemesOf): Matcher {
  const exact = new Map<string, number[]>()
  const beginnings: [string, number][] = []
  terms.forEach(({ variants, unfinished }, term) => {
    for (const variant of variants) {
      const lexemes = lexemesOf(variant)
      lexemes.forEach((lexeme) => exact.set(lexeme, [...(exact.get(lexeme) ?? []), term]))
      if (unfinished) {
        beginnings.push([fold(variant), term])
        lexemes.slice(-1).forEach((last) => beginnings.push([last, term]))
      }
    }
  })
  return (lexeme) => [
    ...(exact.get(lexeme) ?? []),
    ...beginnings.flatMap(([beginning, term]) => (lexeme.startsWith(beginning) ? [term] : [])),
  ]
}
