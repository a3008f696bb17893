import type { IndexPlan, PlannedField, WeightLabel } from "../plan"

/** The searched fields that share a weight and a language, and so make up one text of a document. */
export interface TextGroup {
  /** The column of the text in what is handed to Postgres, such as `text_a` or `text_d_german`. */
  column: string
  label: WeightLabel
  /** A text search configuration, such as "english". */
  language: string
  fields: PlannedField[]
}

/** The text groups of an index, in the order in which their fields stand in the plan. */
export function textGroups(plan: IndexPlan): TextGroup[] {
  const groups = new Map<string, TextGroup>()
  for (const field of plan.fields) {
    if (!field.weight) {
      continue
    }
    const label = field.weight.toLowerCase()
    const column = field.language ? `text_${label}_${field.language}` : `text_${label}`
    const group = groups.get(column) ?? {
      column,
      label: field.weight,
      language: field.language ?? plan.language,
      fields: [],
    }
    groups.set(column, { ...group, fields: [...group.fields, field] })
  }
  return [...groups.values()]
}
