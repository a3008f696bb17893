import sql, { join, type Sql } from "sql-template-tag"
import { invalid } from "../errors"
import type { IndexPlan, PlannedField } from "../plan"
import { occurrenceTerms, SATURATION } from "../ranking/bm25f"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { type TextGroup, textGroups } from "../storage/text-groups"
import { stemConfig, wordConfig } from "../storage/text-search-config"
import type { KeywordQuery } from "./keyword-query"

/** The fields that a query restricts its words to; undefined: all that are searched. */
export function searchedAttributes(
  paths: string[] | undefined,
  plan: IndexPlan
): PlannedField[] | undefined {
  if (!paths?.length) {
    return undefined
  }
  return [...new Set(paths)].map((path) => {
    const field = plan.fields.find((candidate) => candidate.path === path && candidate.weight)
    return (
      field ??
      invalid(
        `search_options.attributes_to_search_on names "${path}", which this version of the index isn't searched by. Run "npx medusa db:migrate" and restart to build one that is.`
      )
    )
  })
}

/**
 * The condition that the words stand in these fields of the document `d`, and their rank by these fields
 * alone: as if the document held nothing else. A document's impacts don't tell its fields apart, and of
 * its terms only their weights, which fields share; so this reads the texts of those documents that the
 * index of all words has left.
 */
export function withinAttributes(
  attributes: PlannedField[],
  { plan, statistics }: PhysicalIndex,
  { tsquery, keys }: KeywordQuery
): { condition: Sql; rank: Sql } {
  const groups = textGroups({ ...plan, fields: attributes })
  const texts = groups.map(({ language, fields }) => stems(language, textOf(fields)))
  const weights = [...keys].map(([key, weight]) => ({ key, weight }))
  const occurring = groups.map((group) =>
    occurrences(group, statistics.average_lengths?.[group.column] ?? 1)
  )
  return {
    condition: sql`(${join(texts, " || ")}) @@ ${tsquery}::tsquery`,
    rank: sql`(
      SELECT coalesce(sum(w.weight * f.frequency * ${SATURATION + 1}::float8 / (f.frequency + ${SATURATION}::float8)), 0)
      FROM (
        SELECT key, sum(frequency) AS frequency FROM (${join(occurring, " UNION ALL ")}) o GROUP BY key) f
      JOIN jsonb_to_recordset(${JSON.stringify(weights)}::jsonb) AS w(key text, weight float8) USING (key))`,
  }
}

/**
 * The keys of a group's text, as `storage/term-impacts.ts` has them, and how much they count there. The
 * place of its last word is its length, since stop words have a place too.
 */
function occurrences({ label, language, fields }: TextGroup, average: number): Sql {
  const { weight, base, perWord } = occurrenceTerms(label, average)
  return sql`
    SELECT t.key, t.places * ${weight}::float8 / (${base}::float8 + ${perWord}::float8 * l.words) AS frequency
    FROM (SELECT ${textOf(fields)} AS text OFFSET 0) x
    CROSS JOIN LATERAL (
      SELECT ${stems(language, sql`x.text`)} AS stems, to_tsvector(${wordConfig(language)}, x.text) AS forms OFFSET 0) p
    CROSS JOIN LATERAL (
      SELECT max(positions[cardinality(positions)]) AS words FROM unnest(p.forms)) l
    CROSS JOIN LATERAL (
      SELECT lexeme AS key, cardinality(positions) AS places FROM unnest(p.stems)
      UNION ALL
      SELECT '=' || lexeme, cardinality(positions) FROM unnest(p.forms)) t`
}

function stems(language: string, text: Sql): Sql {
  return sql`to_tsvector(${stemConfig(language)}, ${text})`
}

/** The texts of fields of the document `d`, a line each. */
function textOf(fields: PlannedField[]): Sql {
  const lines = fields.map(({ path }) => {
    const steps = path.split(".").map((step) => `.${JSON.stringify(step)}`)
    // A list of texts, below a list of objects or not, is unwrapped by "[*]" in lax mode.
    return sql`(
      SELECT string_agg(value #>> '{}', E'\\n')
      FROM jsonb_path_query(d.document, ${`lax $${steps.join("")}[*]`}::jsonpath) AS value)`
  })
  return sql`concat_ws(E'\\n', ${join(lines)})`
}
