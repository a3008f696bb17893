import type { Matcher } from "./query-terms"
import type { LexemesOf } from "./stemmer"
import type { Chunk, Span } from "./text-chunks"

/** A matched word, and which words of the query it matches. */
export interface Mark extends Span {
  terms: number[]
}

/**
 * Finds the words of a text that the search matched.
 *
 * A word counts if its lexeme is one of those that Postgres indexed for the run it stands in: it reads
 * "J.R.R." as one name, so that "j" doesn't match there.
 */
export function findMarks(chunks: Chunk[], matches: Matcher, lexemesOf: LexemesOf): Mark[] {
  return chunks.flatMap(({ text, words }) => {
    const matched = new Map(
      lexemesOf(text).flatMap((lexeme) => {
        const terms = matches(lexeme)
        return terms.length ? [[lexeme, terms] as const] : []
      })
    )
    if (!matched.size) {
      return []
    }
    const marks = words.flatMap(({ text: word, start, end }): Mark[] => {
      const terms = lexemesOf(word).flatMap((lexeme) => matched.get(lexeme) ?? [])
      return terms.length ? [{ start, end, terms: distinct(terms) }] : []
    })
    if (marks.length) {
      return marks
    }
    // The run matched as a whole: "J.R.R." as a beginning with "j".
    const whole = { start: words[0].start, end: words[words.length - 1].end }
    return [{ ...whole, terms: distinct([...matched.values()].flat()) }]
  })
}

function distinct(terms: number[]): number[] {
  return [...new Set(terms)]
}
