import type { SearchTypes } from "@medusajs/framework/types"
import { invalid } from "../errors"
import type { PlannedField } from "../plan"

/** The kind of suggestions that are searches of other shoppers. */
export const QUERY_KIND = "query"

const KIND = /^[a-z][a-z0-9_]{0,30}$/

/**
 * The kind of suggestions that a field's values become, by its option
 * `provider_options: { pgvector: { suggest: true } }` (the field's name is the kind) or
 * `{ suggest: { kind: "author" } }`.
 *
 * @returns undefined where the field isn't suggested
 * @throws MedusaError when the option is wrong, or the field has no column to look its values up in
 */
export function suggestKind(
  field: SearchTypes.SearchFieldDefinition,
  { path, kind: type, column }: PlannedField,
  taken: PlannedField[],
  index: string
): string | undefined {
  const option = field.provider_options?.pgvector?.suggest
  if (option === undefined || option === false) {
    return undefined
  }
  const where = `Field "${path}" of search index "${index}"`
  const name = path.slice(path.lastIndexOf(".") + 1)
  const kind = option === true ? name : (option as { kind?: unknown } | null)?.kind
  if (typeof kind !== "string" || !KIND.test(kind) || kind === QUERY_KIND) {
    return invalid(
      `${where} has a wrong option "suggest": it takes true, or { "kind": "author" }, a name of lower-case letters, digits and underscores other than "${QUERY_KIND}"`
    )
  }
  if (type !== "text" || !column) {
    return invalid(
      `${where} can't be suggested: it must be a text or a keyword, and filterable, sortable or facetable`
    )
  }
  if (taken.some(({ suggest }) => suggest === kind)) {
    return invalid(
      `${where} is suggested as "${kind}", as another field is; give it a kind of its own`
    )
  }
  return kind
}

/** A field whose values are suggested. */
export type SuggestedField = PlannedField & { suggest: string; column: string }

/** The suggested fields of an index, those of the most telling kind first. */
export function suggestedFields(fields: PlannedField[]): SuggestedField[] {
  return fields.filter((field): field is SuggestedField => !!field.suggest && !!field.column)
}
