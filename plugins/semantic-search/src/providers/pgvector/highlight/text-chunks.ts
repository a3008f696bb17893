import { WORD } from "../text/words"

/** A part of a text, from `start` up to `end`, in UTF-16 code units. */
export interface Span {
  start: number
  end: number
}

/** What Postgres' parser reads by itself: a run without white space, with the words in it. */
export interface Chunk extends Span {
  text: string
  words: (Span & { text: string })[]
}

/** Its parser takes a whole tag of HTML as one token that isn't indexed, white space and all. */
const CHUNK = /(?:<[/!?a-z][^<>]*>|\S)+/giu

/** Cuts a text into the parts that Postgres stems independently of each other. */
export function chunksOf(text: string): Chunk[] {
  return Array.from(text.matchAll(CHUNK), ({ 0: chunk, index }) => ({
    text: chunk,
    start: index,
    end: index + chunk.length,
    words: Array.from(chunk.matchAll(WORD), ({ 0: word, index: offset }) => ({
      text: word,
      start: index + offset,
      end: index + offset + word.length,
    })),
  })).filter(({ words }) => words.length)
}
