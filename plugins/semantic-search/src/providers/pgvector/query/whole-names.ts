import sql, { join, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import type { IndexPlan, PlannedField } from "../plan"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { foldedPhrase } from "../suggestions/folded-phrase"
import { type SuggestedField, suggestedFields } from "../suggestions/suggest-kind"

/*
 * Whoever types the whole of a title or of an author's name means that one: "Night" isn't "The Night
 * Circus", and "What If?", of which search by words leaves nothing, is a book. Ranking by words can't tell,
 * since it knows no order of words; the table of phrases that suggestions come from can.
 */

/** A phrase of the catalogue, as it is written there. */
export interface CatalogueName {
  kind: string
  text: string
}

/** The names that a text is the whole of, in one field. */
export interface WholeNames {
  column: string
  array: boolean
  values: string[]
}

/** Fields that name a thing, by being searched with most weight and suggested. */
function nameFields({ fields }: IndexPlan): SuggestedField[] {
  return suggestedFields(fields).filter(({ weight }) => weight === "A")
}

/** The names that are the same as a text, case, accents and punctuation aside: a JSON list. */
export function namesLike(
  text: string,
  { plan, phrase_table }: PhysicalIndex,
  extensions: Extensions
): Sql {
  const kinds = nameFields(plan).map(({ suggest }) => suggest)
  return kinds.length
    ? sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'text', p.text)), '[]')
        FROM ${identifier(phrase_table)} p
        WHERE p.folded = ${foldedPhrase(sql`${text}::text`, extensions)} AND p.kind IN (${join(kinds)}))`
    : sql`'[]'::jsonb`
}

/** The columns in which names stand; of `attributes` alone, where a query names those. */
export function wholeNames(
  names: CatalogueName[],
  plan: IndexPlan,
  attributes?: PlannedField[]
): WholeNames[] {
  return nameFields(plan)
    .filter(({ path }) => !attributes || attributes.some((field) => field.path === path))
    .map(({ column, array, suggest }) => ({
      column,
      array,
      values: names.filter(({ kind }) => kind === suggest).map(({ text }) => text),
    }))
    .filter(({ values }) => values.length)
}

/** Whether the document `d` bears one of the names. */
export function bearsName(names: WholeNames[]): Sql {
  const each = names.map(({ column, array, values }) => {
    const own = sql`d.${identifier(column)}`
    return array ? sql`${own} && ARRAY[${join(values)}]::text[]` : sql`${own} IN (${join(values)})`
  })
  return sql`(${join(each, " OR ")})`
}
