import type { SearchTypes } from "@medusajs/framework/types"
import { invalid } from "../errors"
import type { IndexPlan, PlannedField } from "../plan"
import { type HighlightTags, readTags } from "./tags"

/** What is to be highlighted, and how. */
export interface HighlightRequest {
  /** Fields whose words the search looked at. */
  fields: PlannedField[]
  tags: HighlightTags
  /** How many words a fragment has; undefined: whole values. */
  snippet?: number
}

/** Words of a fragment where the caller names no length. */
const DEFAULT_SNIPPET_LENGTH = 30

/**
 * Reads `search_options.highlight`.
 *
 * @param option its value
 * @param plan the index that is searched
 * @param definition the fields that the code declares: a field that isn't retrievable isn't shown here either
 * @param searchedFields `attributes_to_search_on`; undefined or empty: every searchable field
 * @returns undefined where nothing is to be highlighted
 * @throws MedusaError `invalid_data` naming what is wrong
 */
export function readHighlight(
  option: unknown,
  plan: IndexPlan,
  definition: Record<string, SearchTypes.SearchFieldDefinition>,
  searchedFields?: string[]
): HighlightRequest | undefined {
  if (option === undefined || option === null || option === false) {
    return undefined
  }
  const shown = plan.fields.filter(
    ({ path, weight }) => weight && isRetrievable(definition, path.split("."))
  )
  const searched = searchedFields?.length ? new Set(searchedFields) : undefined
  const isSearched = ({ path }: PlannedField) => !searched || searched.has(path)
  if (option === true) {
    return { fields: shown.filter(isSearched), tags: readTags(undefined, undefined) }
  }
  if (typeof option !== "object" || Array.isArray(option)) {
    return invalid(
      `search_options.highlight takes true, or an object such as { "fields": ["title"] }`
    )
  }
  const { fields, pre_tag, post_tag, snippet } = option as Record<string, unknown>
  return {
    fields: readFields(fields, shown).filter(isSearched),
    tags: readTags(pre_tag, post_tag),
    snippet: readSnippet(snippet),
  }
}

function readFields(paths: unknown, shown: PlannedField[]): PlannedField[] {
  if (!Array.isArray(paths) || !paths.length) {
    return invalid(`search_options.highlight.fields takes a list of fields, such as ["title"]`)
  }
  return [...new Set<unknown>(paths)].map(
    (path) =>
      shown.find((field) => field.path === path) ??
      invalid(
        `search_options.highlight.fields names "${String(path)}", which isn't a searchable field that hits show; there are: ${shown.map((field) => field.path).join(", ")}`
      )
  )
}

function readSnippet(snippet: unknown): number | undefined {
  if (snippet === undefined || snippet === null || snippet === false) {
    return undefined
  }
  if (snippet === true) {
    return DEFAULT_SNIPPET_LENGTH
  }
  const length = (snippet as { length?: unknown }).length
  if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 1) {
    return invalid(
      `search_options.highlight.snippet takes true, or { "length": 30 }, a number of words from 1 up`
    )
  }
  return length
}

/** A field, or an object that it stands in, may be kept from hits. */
function isRetrievable(
  fields: Record<string, SearchTypes.SearchFieldDefinition> | undefined,
  [name, ...rest]: string[]
): boolean {
  const field = fields?.[name]
  if (!field || field.retrievable === false) {
    return false
  }
  return rest.length ? isRetrievable(field.fields, rest) : true
}
