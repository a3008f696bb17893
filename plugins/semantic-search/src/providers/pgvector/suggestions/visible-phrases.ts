import sql, { join, type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import { compileFilters } from "../query/filters"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { stemConfig } from "../storage/text-search-config"
import type { TypedWord } from "./correct-phrase"
import { documentsWithWords } from "./documents-with-words"
import type { Phrase } from "./find-phrases"
import type { SuggestionRequest } from "./request"
import { QUERY_KIND, suggestedFields } from "./suggest-kind"

/** Up to so many documents of a phrase are looked up themselves, and counted; of more, samples. */
const FEW_DOCUMENTS = 100

/** Behind the documents of all phrases. */
const PLACE_OF_WORDS = 1_000

/** A document that suggestions lead to. */
export interface FoundDocument {
  id: string
  document: Record<string, unknown>
  /** What it was found by: the lowest position of a phrase that it holds, or else after all of them. */
  place: number
}

/** What a shopper may see of some phrases. */
export interface VisiblePhrases {
  /** The phrases that a document holds which the shopper may see, in their order. */
  phrases: Phrase[]
  documents: FoundDocument[]
}

interface Answer {
  /** How many documents were met of each phrase, by its position; null: of none. */
  met: Record<number, number> | null
  documents: FoundDocument[] | null
}

/**
 * Looks phrases up in the documents that pass the filters, whatever the phrase table says, together with
 * documents that hold them, and then such as hold all `words`.
 *
 * One round trip; another one only where a frequent phrase stands in documents that pass the filters in
 * none of its samples.
 */
export async function visiblePhrases(
  database: Database,
  request: SuggestionRequest,
  phrases: Phrase[],
  words: TypedWord[]
): Promise<VisiblePhrases> {
  const queries = phrases.map((phrase) =>
    isFrequent(phrase) ? sampled(request, phrase) : allHolding(request, phrase)
  )
  const first = await look(database, request, queries, words)
  const missed = phrases.map((phrase, i) =>
    isFrequent(phrase) && !first.met?.[i] ? someHolding(request, phrase) : undefined
  )
  const second = await look(database, request, missed)
  const met = { ...first.met, ...second.met }
  return {
    phrases: phrases.flatMap((phrase, i) =>
      met[i] ? [{ ...phrase, count: countOf(phrase, met[i], request) }] : []
    ),
    documents: [...(first.documents ?? []), ...(second.documents ?? [])],
  }
}

/**
 * How many documents of a phrase this shopper may see; null where that would have to be counted: for a
 * frequent one the phrase table knows it of a whole channel, and of nothing narrower or wider.
 */
function countOf(phrase: Phrase, met: number, { narrowed }: SuggestionRequest): number | null {
  if (isFrequent(phrase)) {
    return narrowed ? null : phrase.count
  }
  return met <= FEW_DOCUMENTS ? met : null
}

/** Asks what each query finds, and for the documents that come first among that. */
async function look(
  database: Database,
  request: SuggestionRequest,
  queries: (Sql | undefined)[],
  words: TypedWord[] = []
): Promise<Answer> {
  const table = identifier(request.index.table)
  const held = queries.flatMap((query, i) =>
    query ? [sql`(SELECT ${i}::int AS place, id FROM (${query}) q)`] : []
  )
  const byWords = documentsWithWords(request, words)
  if (!held.length && !byWords) {
    return { met: null, documents: null }
  }
  const none = sql`SELECT NULL::int AS place, NULL::text AS id WHERE FALSE`
  const [answer] = await database.query<Answer>(sql`
    WITH held AS MATERIALIZED (${held.length ? join(held, " UNION ALL ") : none}),
    by_words AS MATERIALIZED (${
      byWords ? sql`SELECT ${PLACE_OF_WORDS}::int + rank AS place, id FROM (${byWords}) w` : none
    }),
    first AS (
      SELECT id, min(place) AS place
      FROM (SELECT * FROM held UNION ALL SELECT * FROM by_words) f
      GROUP BY id ORDER BY place, id LIMIT ${request.documents})
    SELECT
      (SELECT jsonb_object_agg(place, met)
        FROM (SELECT place, count(*) AS met FROM held GROUP BY place) m) AS met,
      (SELECT jsonb_agg(jsonb_build_object('id', d.id, 'place', f.place, 'document', d.document)
          ORDER BY f.place, d.id)
        FROM first f JOIN ${table} d ON d.id = f.id) AS documents`)
  return answer
}

function isFrequent({ documents, kind }: Phrase): boolean {
  return documents > FEW_DOCUMENTS || kind === QUERY_KIND
}

/** The samples of a phrase that still hold it and pass the filters. */
function sampled({ index, filters }: SuggestionRequest, phrase: Phrase): Sql {
  return sql`SELECT d.id FROM ${identifier(index.table)} d
    WHERE d.id IN (${join(phrase.samples)}) AND ${holds(index, phrase)}
      AND ${compileFilters(filters, index.plan)}`
}

/**
 * All documents of a rare phrase that pass the filters. They are looked up by its column's index, apart
 * from the filters: a planner that knows that few rows will do may walk through all documents for them.
 */
function allHolding({ index, filters }: SuggestionRequest, phrase: Phrase): Sql {
  return sql`SELECT d.id
    FROM (SELECT * FROM ${identifier(index.table)} d WHERE ${holds(index, phrase)} OFFSET 0) d
    WHERE ${compileFilters(filters, index.plan)} LIMIT ${FEW_DOCUMENTS + 1}`
}

/** Some documents of a frequent phrase that pass the filters: they are met soon on a walk through all. */
function someHolding({ index, filters, documents }: SuggestionRequest, phrase: Phrase): Sql {
  return sql`SELECT d.id FROM ${identifier(index.table)} d
    WHERE ${holds(index, phrase)} AND ${compileFilters(filters, index.plan)} LIMIT ${documents}`
}

/** Whether the document `d` holds a phrase. */
function holds({ plan }: PhysicalIndex, { kind, text }: Pick<Phrase, "kind" | "text">): Sql {
  const field = suggestedFields(plan.fields).find(({ suggest }) => suggest === kind)
  if (!field) {
    return sql`d.terms @@ plainto_tsquery(${stemConfig(plan.language)}, ${text})`
  }
  const column = sql`d.${identifier(field.column)}`
  return field.array ? sql`${column} @> ARRAY[${text}]::text[]` : sql`${column} = ${text}`
}
