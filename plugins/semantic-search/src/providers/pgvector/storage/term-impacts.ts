import sql, { join, raw, type Sql } from "sql-template-tag"
import type { IndexPlan } from "../plan"
import { SATURATION, TERM_DIMENSIONS } from "../ranking/bm25f"
import type { Extensions } from "./extensions"
import { stemConfig, wordConfig } from "./text-search-config"
import { type TextGroup, textGroups } from "./text-groups"

/** The input column that says what one occurrence in a text group counts. */
export function occurrenceColumn(group: string): string {
  return `${group}_weight`
}

/** What the statement that writes documents reads of each row `r` for the words. */
export function searchedInput(plan: IndexPlan): Sql[] {
  const texts = textGroups(plan).map(({ column }) =>
    raw(`${column} text, ${occurrenceColumn(column)} float8`)
  )
  return hasCodes(plan) ? [...texts, raw("codes text")] : texts
}

/**
 * The columns that words are found and ranked by, and the source beside `r` that they are made from:
 * `terms`, a `tsvector` of all stems; `impacts`, what each stem and each exact form counts in the
 * document (see `ranking/bm25f.ts`); `codes`.
 */
export function searchedColumns(
  plan: IndexPlan,
  { vector }: Extensions
): { source: Sql; assignments: { column: Sql; value: Sql }[] } {
  const groups = textGroups(plan)
  const codes = hasCodes(plan) ? [{ column: raw("codes"), value: sql`r.codes` }] : []
  if (!groups.length) {
    return {
      source: sql``,
      assignments: [{ column: raw("terms"), value: sql`''::tsvector` }, ...codes],
    }
  }
  return {
    source: sql`
    CROSS JOIN LATERAL (SELECT ${join(groups.map(parsed))} OFFSET 0) parsed
    CROSS JOIN LATERAL (
      SELECT ('{' || coalesce(string_agg(dimension || ':' || impact, ','), '')
        || ${raw(`'}/${TERM_DIMENSIONS}'`)})::${vector}.sparsevec AS impacts
      FROM (
        SELECT (('x' || left(md5(key), 8))::bit(32)::int & ${raw(String(TERM_DIMENSIONS - 1))}) + 1 AS dimension,
          max(frequency * ${raw(String(SATURATION + 1))} / (frequency + ${raw(String(SATURATION))}))::real AS impact
        FROM (
          SELECT key, sum(frequency) AS frequency
          FROM (${join(groups.map(occurrences), " UNION ALL ")}) occurrence
          GROUP BY key) frequencies
        GROUP BY 1) weighted) ranked`,
    assignments: [
      { column: raw("terms"), value: join(groups.map(weightedTerms), " || ") },
      { column: raw("impacts"), value: sql`ranked.impacts` },
      ...codes,
    ],
  }
}

export function hasCodes(plan: IndexPlan): boolean {
  return plan.fields.some((field) => field.code)
}

function parsed({ column, language }: TextGroup): Sql {
  const text = sql`coalesce(r.${raw(column)}, '')`
  return sql`to_tsvector(${stemConfig(language)}, ${text}) AS ${raw(`${column}_stems`)},
    to_tsvector(${wordConfig(language)}, ${text}) AS ${raw(`${column}_words`)}`
}

/** The keys of a text, and how much they count there: stems, and exact forms marked with "=". */
function occurrences({ column }: TextGroup): Sql {
  const weight = raw(`r.${occurrenceColumn(column)}`)
  return sql`
    SELECT lexeme AS key, cardinality(positions) * ${weight} AS frequency
    FROM unnest(parsed.${raw(`${column}_stems`)})
    UNION ALL
    SELECT '=' || lexeme, cardinality(positions) * ${weight}
    FROM unnest(parsed.${raw(`${column}_words`)})`
}

function weightedTerms({ column, label }: TextGroup): Sql {
  return sql`setweight(parsed.${raw(`${column}_stems`)}, ${raw(`'${label}'`)})`
}
