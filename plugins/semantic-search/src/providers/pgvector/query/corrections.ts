import sql, { join } from "sql-template-tag"
import { type Database, identifier } from "../database"
import { type Extensions, textSearchConfig } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { editDistance } from "../text/edit-distance"
import { wordCore } from "../text/words"

/** From which length on a word may hold one slip, and two. */
export interface TypoTolerance {
  one: number
  two: number
}

/** "emma" may be meant for "emm", but three letters are one slip away from too many words. */
export const DEFAULT_TYPO_TOLERANCE: TypoTolerance = { one: 4, two: 8 }

/** How many known words are compared with a misspelt one; the nearest by trigrams come first. */
const CANDIDATES = 20

/** How many corrections of one word are searched for. */
const MAX_CORRECTIONS = 3

/** A word of the query → the known words that it may have been meant for, nearest first. */
export type Corrections = ReadonlyMap<string, string[]>

/**
 * Corrects words that occur in no document, in no inflection ("obsessed" where a text has "obsession").
 * A word that does occur is never touched, so a correctly spelt query finds exactly what it says.
 *
 * One round trip: for each unknown word the index's own words that share 30 % of its trigrams (the
 * operator `%`, which the word table's index serves), of which those within one or two slips are kept.
 */
export async function correctWords(
  database: Database,
  { table, word_table, plan }: PhysicalIndex,
  { trgm }: Extensions,
  words: string[],
  tolerance: TypoTolerance
): Promise<Corrections> {
  const cores = [...new Set(words.map(wordCore))].filter(
    (word) => word.length >= tolerance.one && !/\d/.test(word)
  )
  if (!cores.length) {
    return new Map()
  }
  const config = textSearchConfig(plan.language)
  const rows = await database.query<{ word: string; candidate: string }>(sql`
    SELECT q.word, c.word AS candidate
    FROM unnest(ARRAY[${join(cores)}]::text[]) AS q(word)
    CROSS JOIN LATERAL (
      SELECT w.word FROM ${identifier(word_table)} w
      WHERE w.word OPERATOR(${trgm}.%) q.word
      ORDER BY ${trgm}.similarity(w.word, q.word) DESC, w.word
      LIMIT ${CANDIDATES}
    ) c
    WHERE numnode(plainto_tsquery(${config}, q.word)) > 0 AND NOT EXISTS (
      SELECT 1 FROM ${identifier(table)} d WHERE d.terms @@ plainto_tsquery(${config}, q.word))`)
  return nearest(rows, tolerance)
}

/** Keeps, of the candidates of each word, those within the tolerated number of slips. */
export function nearest(
  rows: { word: string; candidate: string }[],
  tolerance: TypoTolerance
): Corrections {
  const found = new Map<string, { candidate: string; distance: number }[]>()
  for (const { word, candidate } of rows) {
    const distance = editDistance(word, candidate)
    if (distance <= (word.length >= tolerance.two ? 2 : 1)) {
      found.set(word, [...(found.get(word) ?? []), { candidate, distance }])
    }
  }
  return new Map(
    [...found].map(([word, candidates]) => [
      word,
      candidates
        .sort((a, b) => a.distance - b.distance)
        .slice(0, MAX_CORRECTIONS)
        .map(({ candidate }) => candidate),
    ])
  )
}
