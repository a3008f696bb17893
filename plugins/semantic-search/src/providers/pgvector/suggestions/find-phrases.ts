import sql, { join, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { TypedWord } from "./correct-phrase"
import { indexedWords } from "./indexed-words"
import { foremostFirst } from "./phrase-table"
import type { SuggestionRequest } from "./request"
import { suggestedFields } from "./suggest-kind"
import type { TypedText } from "./typed-text"

/** A phrase that a text may become. Whether this shopper may see it is still to be asked. */
export interface Phrase {
  kind: string
  text: string
  folded: string
  /** How many documents held it, in the channel that has most, when they were last counted. */
  documents: number
  /** How many did in the shopper's channel, where there is but one. */
  count: number | null
  samples: string[]
}

/** How many phrases are found for each that is wanted: some are one text, some can't be seen. */
const CANDIDATES_PER_SUGGESTION = 3

/** So many phrases, the most searched and most frequent ones of all, are looked through one by one. */
const FOREMOST = 2_000

/** Of a text that few of those have, so many of the others are looked at. */
const MOST_OTHERS = 3_000

/** In which way a phrase has the text; those of an earlier way come first. */
interface Match {
  /** Told of the phrase `p` at hand. */
  told: Sql
  /** The same, in the form that an index serves. */
  indexed: Sql
}

/**
 * Finds the phrases that a text may become: the very text, then those that begin with it, then those
 * with a word that does. Within each, what is searched for and occurs most comes first, and among equals
 * the kind that the index names first.
 *
 * One statement, whose work doesn't grow with the number of phrases that match. First the foremost
 * phrases of all are looked through: where enough of them match, no others would come before these. A
 * text of which too few do is rare, since among equally frequent phrases chance decides which are
 * foremost; so all that match are looked up by an index.
 */
export async function findPhrases(
  database: Database,
  request: SuggestionRequest,
  { folded, words }: TypedText
): Promise<Phrase[]> {
  const exact = sql`p.folded = ${folded}`
  const matches = [
    { told: exact, indexed: exact },
    beginningWith(folded),
    ...(words.length ? [containing(words)] : []),
  ]
  return await database.query<Phrase>(statement(request, matches))
}

/** Finds the phrases that hold words which were corrected. */
export async function findCorrectedPhrases(
  database: Database,
  request: SuggestionRequest,
  words: TypedWord[]
): Promise<Phrase[]> {
  return await database.query<Phrase>(statement(request, [containing(words)]))
}

function beginningWith(folded: string): Match {
  // Folded texts have neither % nor _ nor \.
  const begins = sql`p.folded LIKE ${`${folded}%`}`
  return { told: begins, indexed: begins }
}

function containing(words: TypedWord[]): Match {
  const each = words.map(({ variants, unfinished }) => {
    const holds = variants.map((word) =>
      unfinished
        ? sql`' ' || p.folded LIKE ${`% ${word}%`}`
        : sql`' ' || p.folded || ' ' LIKE ${`% ${word} %`}`
    )
    return sql`(${join(holds, " OR ")})`
  })
  return {
    told: sql`(${join(each, " AND ")})`,
    indexed: sql`${indexedWords(sql`p.folded`)} @@ ${wordQuery(words)}`,
  }
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

function statement({ index, channels, limit }: SuggestionRequest, matches: Match[]): Sql {
  const wanted = limit * CANDIDATES_PER_SUGGESTION
  const table = identifier(index.phrase_table)
  const sold = sql`ARRAY[${join(channels)}]::text[]`
  const kinds = suggestedFields(index.plan.fields).map(({ suggest }) => suggest)
  const order = sql`searches DESC, documents DESC,
    array_position(ARRAY[${join(kinds)}]::text[], kind), length(folded), folded, text`
  const tier = sql`CASE ${join(
    matches.map(({ told }, i) => sql`WHEN ${told} THEN ${i}::int`),
    " "
  )} END`
  const others = matches.map(
    ({ indexed }, i) => sql`(
      SELECT *, ${i}::int AS tier FROM ${table} p
      WHERE (SELECT count(*) FROM foremost WHERE tier <= ${i}::int) < ${wanted}::int
        AND ${indexed} AND p.channels && ${sold}
      LIMIT ${MOST_OTHERS})`
  )
  return sql`
    WITH foremost AS MATERIALIZED (
      SELECT * FROM (
        SELECT p.*, ${tier} AS tier
        FROM (SELECT * FROM ${table} ORDER BY ${foremostFirst()} LIMIT ${FOREMOST}) p
        WHERE p.channels && ${sold}) f
      WHERE tier IS NOT NULL)
    SELECT kind, text, folded, documents, samples, CASE
        WHEN cardinality(${sold}) = 1 THEN counts[array_position(channels, (${sold})[1])]
      END AS count
    FROM (
      SELECT DISTINCT ON (kind, text) * FROM (
        SELECT * FROM foremost UNION ALL ${join(others, " UNION ALL ")}) found
      ORDER BY kind, text, tier) p
    ORDER BY tier, ${order}
    LIMIT ${wanted * matches.length}`
}
