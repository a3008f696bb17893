import { LRUCache } from "lru-cache"
import sql, { join, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { TypoTolerance } from "../plan"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { stemConfig, wordConfig } from "../storage/text-search-config"
import { editDistance } from "../text/edit-distance"
import { CANDIDATES, nearestWords } from "../text/nearest-words"
import { splitWords, wordCore } from "../text/words"
import { type CatalogueName, namesLike } from "./whole-names"

/** One way in which a word of the query may stand in a document: all of its stems. */
export interface WordForm {
  /** The word as text search keeps it unstemmed, for the bonus of the exact form. */
  forms: string[]
  stems: Stem[]
  /** Whether it isn't what was typed, but what that may have been meant for. */
  corrected?: boolean
}

export interface Stem {
  stem: string
  /** How many documents hold it, as last counted; null: not counted yet. */
  documents: number | null
}

/** A word of the query, and what it is looked for as. Words that are too common to count are left out. */
export interface QueryWord {
  /** As the shopper typed it. */
  word: string
  /** The word in each of the query's languages, and its corrections. A document needs one of them. */
  alternatives: WordForm[]
  /** The stems that a word may become that is still being typed. */
  completions: Stem[]
  /** Known words that a misspelt one was replaced by. */
  corrections: string[]
  /** Whether any document may hold it. */
  known: boolean
}

/** What the words of a query were found to be. */
export interface LookedUp {
  words: QueryWord[]
  /** The names in the catalogue that the whole query is. */
  names: CatalogueName[]
}

export interface WordsRequest {
  text: string
  /** Text search configurations whose stems are looked for: the locale's, and the index's own. */
  languages: string[]
  /** Set where misspelt words are to be corrected. */
  typos?: TypoTolerance
  /** Whether the last word may be the beginning of one. */
  prefix: boolean
}

/** More words than this aren't looked for: a page of text is searched by its meaning. */
const MAX_WORDS = 40

/** How many stems the beginning of a word is ranked by. Documents with others are found all the same. */
const MAX_COMPLETIONS = 30

/**
 * How long the words of a query are remembered, in milliseconds. Known words change but in how many
 * documents hold them, which is counted once in a while; a word that no document holds may be in the next
 * one that is written, and is found this much later.
 */
const REMEMBERED_MS = { known: 60_000, unknown: 2_000 }

type Found = Omit<QueryWord, "corrections" | "known"> & {
  names: CatalogueName[]
  known: boolean
  candidates: { word: string; alternatives: WordForm[] }[]
}

/**
 * Looks up the words of a query: their stems, how rare these are, and, for a word that no document holds
 * in any inflection, the known words that it may have been meant for; and whether the query as a whole is
 * a name in the catalogue. One round trip, none for a text
 * that was looked up a moment ago.
 */
export class WordLookup {
  private readonly cache_ = new LRUCache<string, Promise<LookedUp>>({
    max: 1_000,
    ttl: REMEMBERED_MS.unknown,
  })

  constructor(private readonly database_: Database) {}

  async find(
    index: PhysicalIndex,
    extensions: Extensions,
    request: WordsRequest
  ): Promise<LookedUp> {
    const key = JSON.stringify([index.name, request])
    const cached = this.cache_.get(key)
    if (cached) {
      return await cached
    }
    const finding = findWords(this.database_, index, extensions, request)
    this.cache_.set(key, finding)
    try {
      const found = await finding
      if (found.words.every(isCounted)) {
        this.cache_.set(key, finding, { ttl: REMEMBERED_MS.known })
      }
      return found
    } catch (error) {
      this.cache_.delete(key)
      throw error
    }
  }
}

/** Whether documents are known to hold the word as it was typed. */
function isCounted({ alternatives }: QueryWord): boolean {
  return alternatives.some(
    ({ corrected, stems }) => !corrected && stems.every(({ documents }) => documents)
  )
}

async function findWords(
  database: Database,
  index: PhysicalIndex,
  extensions: Extensions,
  request: WordsRequest
): Promise<LookedUp> {
  const words = distinctWords(request.text)
  if (!words.length) {
    return { words: [], names: [] }
  }
  const rows = await database.query<Found>(lookupStatement(index, extensions, words, request))
  return {
    words: telling(rows)
      .map((row) => readWord(row, request.typos))
      .filter((word) => word !== undefined),
    names: rows[0].names,
  }
}

/**
 * The words that say something in each of the query's languages. "die" in a German query is no word to
 * ask English texts for, unless there is no other.
 */
function telling(rows: Found[]): Found[] {
  const kept = rows.filter(
    ({ alternatives, completions }) =>
      completions.length || alternatives.every(({ stems }) => stems.length)
  )
  return kept.length ? kept : rows
}

/** "Romeo and Juliet" and "The Handmaid's Tale" are no sentences: so many function words make one. */
const SENTENCE_FUNCTION_WORDS = 3

/**
 * Whether a text is a sentence rather than a few words that a document should hold: half of its words or
 * more are function words, which are too common to be looked for.
 *
 * @param words those of its words that are looked for
 */
export function isSentence(text: string, words: QueryWord[]): boolean {
  const all = distinctWords(text).length
  const left = all - words.length
  return left >= SENTENCE_FUNCTION_WORDS && left >= all / 2
}

/** The words of a text, each once; of words that differ only in case or accents the first. */
function distinctWords(text: string): string[] {
  const words = new Map<string, string>()
  for (const word of splitWords(text)) {
    const key = wordCore(word)
    if (!words.has(key)) {
      words.set(key, word)
    } else {
      // The last word stays last: it may be one that is being typed.
      const first = words.get(key)!
      words.delete(key)
      words.set(key, first)
    }
  }
  return [...words.values()].slice(0, MAX_WORDS)
}

function readWord(row: Found, typos: TypoTolerance | undefined): QueryWord | undefined {
  const alternatives = withStems(row.alternatives)
  if (!alternatives.length && !row.completions.length) {
    return undefined
  }
  const base = { word: row.word, completions: row.completions }
  if (row.known || !typos) {
    return { ...base, alternatives, corrections: [], known: row.known }
  }
  const core = wordCore(row.word)
  const distanceOf = ({ word }: { word: string }) => editDistance(core, word)
  const corrections = nearestWords(core, row.candidates, distanceOf, typos)
  return {
    ...base,
    // The word itself stays: the vocabulary may lag behind what has just been written.
    alternatives: [
      ...alternatives,
      ...corrections
        .flatMap((known) => withStems(known.alternatives))
        .map((form) => ({ ...form, corrected: true })),
    ],
    corrections: corrections.map(({ word }) => word),
    known: corrections.length > 0,
  }
}

function withStems(forms: WordForm[]): WordForm[] {
  return forms.filter(({ stems }) => stems.length)
}

function lookupStatement(
  index: PhysicalIndex,
  extensions: Extensions,
  words: string[],
  { text, languages, typos, prefix }: WordsRequest
): Sql {
  const { word_table, term_table } = index
  const { trgm } = extensions
  const vocabulary = identifier(word_table)
  const terms = identifier(term_table)
  const counted = (stems: Sql) => sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('stem', s.stem, 'documents', t.documents)), '[]')
    FROM ${stems} AS s(stem) LEFT JOIN ${terms} t ON t.stem = s.stem)`
  const stemsOf = (language: string, word: Sql) =>
    sql`unnest(tsvector_to_array(to_tsvector(${stemConfig(language)}, ${word})))`
  const formsOf = (language: string, word: Sql) =>
    sql`to_jsonb(tsvector_to_array(to_tsvector(${wordConfig(language)}, ${word})))`
  const form = (language: string, word: Sql) =>
    sql`jsonb_build_object('forms', ${formsOf(language, word)}, 'stems', ${counted(stemsOf(language, word))})`
  const forms = (word: Sql) =>
    sql`jsonb_build_array(${join(languages.map((language) => form(language, word)))})`

  const rows = words.map((word, i) => {
    const core = wordCore(word)
    const correctable = !!typos && core.length >= typos.one && !/\d/.test(core)
    return sql`(${i}::int, ${word}::text, ${core}::text, ${correctable}::boolean)`
  })
  // The beginning is bound by itself: only then can the primary key serve the pattern.
  const beginning = `${wordCore(words[words.length - 1])}%`
  const completions = prefix
    ? sql`CASE WHEN q.position = ${words.length - 1} THEN ${counted(sql`(
        SELECT v.stem FROM ${vocabulary} v
        WHERE v.word LIKE ${beginning} GROUP BY v.stem ORDER BY min(v.word) LIMIT ${MAX_COMPLETIONS})`)}
        ELSE '[]' END`
    : sql`'[]'::jsonb`
  // A word is known where the vocabulary holds one of its stems, unless all documents with it are gone.
  const known = join(
    languages.map(
      (name) => sql`EXISTS (
        SELECT 1 FROM ${stemsOf(name, sql`q.word`)} AS s(stem)
        JOIN ${vocabulary} v ON v.stem = s.stem
        LEFT JOIN ${terms} t ON t.stem = s.stem
        WHERE t.documents IS DISTINCT FROM 0)`
    ),
    " OR "
  )
  return sql`
    WITH q AS MATERIALIZED (
      SELECT q.*, NOT q.correctable OR ${known} AS known
      FROM (VALUES ${join(rows)}) AS q(position, word, core, correctable))
    SELECT q.word, q.known, ${namesLike(text, index, extensions)} AS names,
      ${forms(sql`q.word`)} AS alternatives,
      ${completions} AS completions,
      CASE WHEN q.known THEN '[]' ELSE (
        SELECT coalesce(jsonb_agg(jsonb_build_object('word', c.word, 'alternatives', ${forms(sql`c.word`)}) ORDER BY c.similarity DESC, c.word), '[]')
        FROM (
          SELECT v.word, max(${trgm}.similarity(v.word, q.core)) AS similarity FROM ${vocabulary} v
          WHERE v.word OPERATOR(${trgm}.%) q.core
          GROUP BY v.word ORDER BY 2 DESC, 1 LIMIT ${CANDIDATES}) c)
        END AS candidates
    FROM q ORDER BY q.position`
}
