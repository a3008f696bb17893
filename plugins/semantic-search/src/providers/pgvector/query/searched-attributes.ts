import sql, { join, type Sql } from "sql-template-tag"
import { invalid } from "../errors"
import type { IndexPlan, PlannedField } from "../plan"
import { stemConfig } from "../storage/text-search-config"

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
 * The condition that the words stand in these fields of the document `d`. The index of all words has
 * narrowed the documents down before; this looks at the text of those that are left.
 */
export function attributesCondition(
  attributes: PlannedField[],
  plan: IndexPlan,
  tsquery: string
): Sql {
  const texts = attributes.map(({ path, language = plan.language }) => {
    const steps = path.split(".").map((step) => `.${JSON.stringify(step)}`)
    // A list of texts, below a list of objects or not, is unwrapped by "[*]" in lax mode.
    return sql`to_tsvector(${stemConfig(language)}, coalesce((
      SELECT string_agg(value #>> '{}', E'\\n')
      FROM jsonb_path_query(d.document, ${`lax $${steps.join("")}[*]`}::jsonpath) AS value), ''))`
  })
  return sql`(${join(texts, " || ")}) @@ ${tsquery}::tsquery`
}
