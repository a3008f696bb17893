import sql, { join, raw } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { TypoTolerance } from "../plan"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { editDistance } from "../text/edit-distance"
import { CANDIDATES, nearestWords } from "../text/nearest-words"
import { indexedWords } from "./indexed-words"

/** A word that was typed. */
export interface TypedWord {
  /** What it stands for: itself, or what it was corrected to. */
  variants: string[]
  /** Whether it may be the beginning of a word. */
  unfinished: boolean
}

/** Words beyond are left as they are. */
const MAX_WORDS = 6

/**
 * Corrects the words of a text that stand in no phrase which may be seen in the channels. The last one is
 * compared with the beginnings of words, since it may be unfinished.
 *
 * @returns undefined where nothing can be corrected
 */
export async function correctPhrase(
  database: Database,
  scope: { index: PhysicalIndex; extensions: Extensions; channels: string[] },
  words: TypedWord[]
): Promise<TypedWord[] | undefined> {
  const tolerance = scope.index.plan.typo_tolerance
  if (!tolerance) {
    return undefined
  }
  const doubtful = words
    .slice(0, MAX_WORDS)
    .map(({ variants: [word], unfinished }) => ({ word, unfinished }))
    .filter(({ word }) => word.length >= tolerance.one && !/\d/.test(word))
  if (!doubtful.length) {
    return undefined
  }
  const { index, extensions, channels } = scope
  const { trgm } = extensions
  // Whether a column's word stands in a phrase. Folded words have no quotes.
  const stands = (word: "q.word" | "c.word", suffix: "" | ":*" = "") => sql`EXISTS (
    SELECT 1 FROM ${identifier(index.phrase_table)} p
    WHERE ${indexedWords(sql`p.folded`)} @@ ('''' || ${raw(word)} || '''${raw(suffix)}')::tsquery
      AND p.channels && ARRAY[${join(channels)}]::text[])`
  const rows = await database.query<{ word: string; candidate: string }>(sql`
    SELECT q.word, c.word AS candidate
    FROM jsonb_to_recordset(${JSON.stringify(doubtful)}::jsonb) AS q(word text, unfinished boolean)
    CROSS JOIN LATERAL (
      SELECT w.word FROM ${identifier(index.word_table)} w
      WHERE w.word OPERATOR(${trgm}.%) q.word
      GROUP BY w.word
      ORDER BY ${trgm}.similarity(w.word, q.word) DESC, w.word
      LIMIT ${CANDIDATES}) c
    WHERE NOT CASE WHEN q.unfinished THEN ${stands("q.word", ":*")} ELSE ${stands("q.word")} END
      AND ${stands("c.word")}`)
  const corrected = words.map((typed) => correct(typed, rows, tolerance))
  return corrected.some((word, i) => word !== words[i]) ? corrected : undefined
}

/** A word with the nearest of its candidates in its place; itself where none is near enough. */
export function correct(
  typed: TypedWord,
  rows: { word: string; candidate: string }[],
  tolerance: Pick<TypoTolerance, "two">
): TypedWord {
  const [word] = typed.variants
  const candidates = rows.filter((row) => row.word === word).map(({ candidate }) => candidate)
  const near = nearestWords(word, candidates, (known) => distanceOf(typed, known), tolerance)
  return near.length ? { variants: near, unfinished: false } : typed
}

/** The slips between a word and a known one, or the nearest beginning of it. */
function distanceOf({ variants: [word], unfinished }: TypedWord, candidate: string): number {
  const whole = editDistance(word, candidate)
  if (!unfinished) {
    return whole
  }
  const lengths = [word.length - 1, word.length, word.length + 1]
  const beginnings = lengths.map((length) => candidate.slice(0, length))
  return Math.min(whole, ...beginnings.map((beginning) => editDistance(word, beginning)))
}
