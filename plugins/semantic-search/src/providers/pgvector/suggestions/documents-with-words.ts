import sql, { join, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import { compileFilters } from "../query/filters"
import { stemConfig } from "../storage/text-search-config"
import type { TypedWord } from "./correct-phrase"
import type { SuggestionRequest } from "./request"

/** Of how many documents with all the words the best are chosen. */
const RANKED_DOCUMENTS = 50

/** A word that is being typed and has fewer letters is the beginning of too many. */
const MIN_UNFINISHED_LENGTH = 3

/**
 * The best by rank of the first documents that hold all words and pass the filters: `id`, `rank` from 1.
 *
 * @returns undefined where there is no word yet
 */
export function documentsWithWords(
  { index, filters, documents: wanted }: SuggestionRequest,
  words: TypedWord[]
): Sql | undefined {
  const last = words.at(-1)
  if (!last || (last.unfinished && last.variants[0].length < MIN_UNFINISHED_LENGTH)) {
    return undefined
  }
  const { plan } = index
  const each = words.map((word) => stemQuery(word, plan.language))
  const query = sql`(${join(each, " && ")})`
  return sql`
    SELECT id, row_number() OVER (ORDER BY ts_rank(terms, ${query}) DESC, id)::int AS rank
    FROM (
      SELECT d.id, d.terms FROM ${identifier(index.table)} d
      WHERE d.terms @@ ${query} AND ${compileFilters(filters, plan)} LIMIT ${RANKED_DOCUMENTS}) m
    ORDER BY rank LIMIT ${wanted}`
}

/** A word, or one of those it stands for, as documents hold it: stemmed. */
function stemQuery({ variants, unfinished }: TypedWord, language: string): Sql {
  const each = variants.map((word) => {
    const stems = sql`plainto_tsquery(${stemConfig(language)}, ${word})`
    // Folded words have no quotes. A word that is being typed may have the stem of another one.
    return unfinished
      ? sql`(regexp_replace(${stems}::text, '''$', ''':*')::tsquery || ${`'${word}':*`}::tsquery)`
      : stems
  })
  return sql`(${join(each, " || ")})`
}
