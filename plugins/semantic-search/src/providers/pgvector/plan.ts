import type { SearchTypes } from "@medusajs/framework/types"
import { invalid, unsupported } from "./errors"
import { suggestKind } from "./suggestions/suggest-kind"
import { languageOfLocale } from "./text/languages"

/** How a field's values are stored and compared. Dates are numbers: milliseconds since 1970. */
export type ColumnKind = "text" | "number" | "boolean"

/** Weight classes of Postgres' text search, heaviest first. */
export type WeightLabel = "A" | "B" | "C" | "D"

/** A leaf field of the definition, and where its values live in the document table. */
export interface PlannedField {
  /** Dotted path in the document. */
  path: string
  kind: ColumnKind
  array: boolean
  date: boolean
  /** The column that holds the values; absent when nothing filters, sorts or facets by the field. */
  column?: string
  /** The weight with which words of the field count in a free-text match; absent: not searched. */
  weight?: WeightLabel
  /** Whether misspelt words are corrected to words of this field. Unset: they are. */
  exact_only?: true
  /** The language of the field's text, where it isn't the index's: a text search configuration. */
  language?: string
  /** Whether the field holds codes (SKU, ISBN), which are also found without their hyphens and by a part. */
  code?: true
  /** The kind of suggestions that its values are; absent: none. */
  suggest?: string
}

/** From which length on a word may hold one slip, and two. */
export interface TypoTolerance {
  one: number
  two: number
}

/** How a vector's components are kept: numbers of four bytes, or of two. */
export type VectorPrecision = "single" | "half"

/** A vector field: `column` holds the embedding. */
export interface PlannedVector {
  path: string
  column: string
  dimensions: number
  /** Unset: single precision. */
  precision?: "half"
  /** Set where the provider embeds a text itself: that text's hash, and the model it goes through. */
  embedded?: { hash_column: string; model: string }
}

/**
 * What a physical index is: the definition, translated into columns once and stored with the index.
 * Reads and writes go by the stored plan, since the definition in the code may be newer than the index.
 */
export interface IndexPlan {
  /** Which layout of tables the index has; see {@link PLAN_FORMAT}. */
  format: number
  primary_key: string
  language: string
  fields: PlannedField[]
  vectors: PlannedVector[]
  /** Absent: misspelt words aren't corrected in this index. */
  typo_tolerance?: TypoTolerance
  /** The field of which a result shows each value once, unless the query names another. */
  distinct?: string
}

/**
 * The layout of tables that this release reads and writes. An index of another one is filled anew in
 * its place (see `PgvectorSearchService.upsertDocuments`).
 */
export const PLAN_FORMAT = 3

/** "emma" may be meant for "emm", but three letters are one slip away from too many words. */
export const DEFAULT_TYPO_TOLERANCE: TypoTolerance = { one: 4, two: 8 }

/** What the plan of an index needs to know of the provider. */
export interface PlanContext {
  language: string
  /** The id of the provider's embedder: what its embedded vector fields are made with. */
  model: string
  /** The dimensions of the provider's embedder. */
  dimensions: number
}

/** pgvector's limits for a `vector` and a `halfvec` that have an index. */
const MAX_DIMENSIONS: Record<VectorPrecision, number> = { single: 2_000, half: 4_000 }

/** Where weights end: from 3 up a field counts as a title does, at 1 as running text. */
const WEIGHT_BOUNDS: readonly [number, WeightLabel][] = [
  [3, "A"],
  [2, "B"],
  [1.01, "C"],
]

/**
 * Translates a definition.
 *
 * @throws MedusaError when the definition asks for something that this provider can't hold
 */
export function buildPlan(
  definition: SearchTypes.ResolvedSearchIndexDefinition,
  context: PlanContext
): IndexPlan {
  const typos = definition.settings.typo_tolerance
  const plan: IndexPlan = {
    format: PLAN_FORMAT,
    primary_key: definition.primary_key,
    language: context.language,
    fields: [],
    vectors: [],
    ...(typos?.enabled === false
      ? {}
      : { typo_tolerance: planTypoTolerance(typos, definition.name) }),
    ...(definition.settings.distinct_attribute
      ? { distinct: definition.settings.distinct_attribute }
      : {}),
  }
  const exactOnly = new Set(typos?.disabled_on_attributes)
  for (const { path, field, array } of leaves(definition.fields)) {
    if (field.type === "vector") {
      plan.vectors.push(planVector(path, field, plan.vectors.length, definition, context))
    } else {
      const planned = planField(path, field, array, plan, definition.name)
      plan.fields.push(exactOnly.delete(path) ? { ...planned, exact_only: true } : planned)
    }
  }
  if (exactOnly.size) {
    invalid(
      `Search index "${definition.name}" names "${[...exactOnly][0]}" in settings.typo_tolerance.disabled_on_attributes, but has no such field`
    )
  }
  if (plan.distinct) {
    distinctField(plan, plan.distinct)
  }
  return plan
}

function planTypoTolerance(
  settings: SearchTypes.SearchIndexSettings["typo_tolerance"],
  index: string
): TypoTolerance {
  const one = settings?.min_word_size_for_one_typo ?? DEFAULT_TYPO_TOLERANCE.one
  const two = settings?.min_word_size_for_two_typos ?? Math.max(one, DEFAULT_TYPO_TOLERANCE.two)
  if (![one, two].every((length) => Number.isSafeInteger(length) && length > 0) || two < one) {
    invalid(
      `Search index "${index}" has wrong settings.typo_tolerance: min_word_size_for_one_typo (${one}) and min_word_size_for_two_typos (${two}) take whole numbers from 1 up, the latter no less than the former`
    )
  }
  return { one, two }
}

interface Leaf {
  path: string
  field: SearchTypes.SearchFieldDefinition
  array: boolean
}

/** Nested objects become dotted paths; below an array every leaf is an array. */
function* leaves(
  fields: Record<string, SearchTypes.SearchFieldDefinition>,
  prefix = "",
  inArray = false
): Generator<Leaf> {
  for (const [name, field] of Object.entries(fields)) {
    const path = prefix + name
    const array = inArray || !!field.array
    if (field.type === "object") {
      yield* leaves(field.fields ?? {}, `${path}.`, array)
    } else {
      yield { path, field, array }
    }
  }
}

function planField(
  path: string,
  field: SearchTypes.SearchFieldDefinition,
  array: boolean,
  plan: IndexPlan,
  index: string
): PlannedField {
  const planned: PlannedField = {
    path,
    kind: columnKind(path, field, index),
    array,
    date: field.type === "date",
  }
  if (path === plan.primary_key) {
    planned.column = "id"
  } else if (field.filterable || field.sortable || field.facetable) {
    planned.column = columnName(`f${plan.fields.length}`, path)
  }
  if (field.searchable && field.type !== "boolean" && field.type !== "date") {
    planned.weight = weightLabel(field.searchable)
    const locale = field.provider_options?.pgvector?.locale
    if (locale !== undefined) {
      planned.language = languageOfLocale(locale, `Field "${path}" of search index "${index}"`)
    }
    if (field.type === "keyword" && field.provider_options?.pgvector?.code === true) {
      planned.code = true
    }
  }
  const suggest = suggestKind(field, planned, plan.fields, index)
  return suggest ? { ...planned, suggest } : planned
}

function columnKind(
  path: string,
  field: SearchTypes.SearchFieldDefinition,
  index: string
): ColumnKind {
  switch (field.type) {
    case "keyword":
    case "text":
      return "text"
    case "integer":
    case "float":
    case "date":
      return "number"
    case "boolean":
      return "boolean"
    default:
      return unsupported(
        `The pgvector search provider can't hold fields of type "${field.type}" ("${path}" of search index "${index}"). Remove the field, or bind the index to another provider.`
      )
  }
}

function planVector(
  path: string,
  field: SearchTypes.SearchFieldDefinition,
  position: number,
  definition: SearchTypes.ResolvedSearchIndexDefinition,
  context: PlanContext
): PlannedVector {
  const precision = vectorPrecision(path, field, definition.name)
  const { dimensions = 0 } = field
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS[precision]) {
    const remedy =
      precision === "single" && dimensions > 0
        ? `. Half precision goes up to ${MAX_DIMENSIONS.half}: give the field provider_options { pgvector: { precision: "half" } }, which defineSemanticProductIndex does for vector_precision: "half".`
        : ""
    invalid(
      `Vector field "${path}" of search index "${definition.name}" needs "dimensions" between 1 and ${MAX_DIMENSIONS[precision]}, and has ${dimensions}${remedy}`
    )
  }
  const column = `v${position}`
  const planned: PlannedVector = {
    ...{ path, column, dimensions },
    ...(precision === "half" ? { precision } : {}),
  }
  if (!field.embed) {
    return planned
  }
  if (dimensions !== context.dimensions) {
    invalid(
      `Vector field "${path}" of search index "${definition.name}" has ${dimensions} dimensions, but the embedder ${context.model} makes ${context.dimensions}. Give both the same number.`
    )
  }
  const declared = declaredModel(definition)
  if (declared && declared !== context.model) {
    invalid(
      `Search index "${definition.name}" is defined for the embedding model ${declared}, but the pgvector search provider runs ${context.model}. Name the same model in the index definition and in the provider's "embedder" option.`
    )
  }
  return { ...planned, embedded: { hash_column: `${column}_hash`, model: context.model } }
}

/**
 * What a vector field says in `provider_options.pgvector.precision`. It stands there, and not among the
 * options of the provider, to be part of the definition's hash: a change of it then builds a new version
 * of the index.
 */
function vectorPrecision(
  path: string,
  field: SearchTypes.SearchFieldDefinition,
  index: string
): VectorPrecision {
  const precision = field.provider_options?.pgvector?.precision ?? "single"
  return precision === "single" || precision === "half"
    ? precision
    : invalid(
        `Vector field "${path}" of search index "${index}" has an unknown provider_options.pgvector.precision: it takes "single" or "half"`
      )
}

/**
 * The model that a definition names in `settings.provider_options.pgvector.model`. It stands there to
 * be part of the definition's hash: a change of the model then builds a new version of the index.
 */
function declaredModel(definition: SearchTypes.ResolvedSearchIndexDefinition): string | undefined {
  const model = definition.settings.provider_options?.pgvector?.model
  return typeof model === "string" ? model : undefined
}

function weightLabel(searchable: true | { weight?: number }): WeightLabel {
  const weight = searchable === true ? 1 : (searchable.weight ?? 1)
  return WEIGHT_BOUNDS.find(([bound]) => weight >= bound)?.[1] ?? "D"
}

/** A column's name: its number makes it unique, its path makes it readable. */
function columnName(prefix: string, path: string): string {
  const readable = path.toLowerCase().replace(/[^a-z0-9]+/g, "_")
  return `${prefix}_${readable}`.slice(0, 60).replace(/_+$/, "")
}

/** A field that can be filtered, sorted or counted by. */
export type ColumnField = PlannedField & { column: string }

/**
 * The field at a path, with its column.
 *
 * @param use what is to be done by it: "filtered by", "ordered by", "counted"
 * @throws MedusaError where the index has no column of it: it isn't declared for any such use, or the
 * definition in the code is newer
 */
export function columnField(plan: IndexPlan, path: string, use: string): ColumnField {
  const field = plan.fields.find((candidate) => candidate.path === path)
  if (!field?.column) {
    return invalid(
      `Field "${path}" can't be ${use}: this version of the index holds no column of it. Declare the field filterable, sortable or facetable, run "npx medusa db:migrate" and restart.`
    )
  }
  return field as ColumnField
}

/**
 * The field of which each value is to be shown once.
 *
 * @throws MedusaError where it holds a list, or where the index was built without it
 */
export function distinctField(plan: IndexPlan, path: string): ColumnField {
  const field = columnField(plan, path, "deduplicated by")
  return field.array
    ? invalid(`Results can't be deduplicated by "${path}": it holds a list`)
    : field
}

/** The languages whose words an index stems: its own first. */
export function languagesOf(plan: IndexPlan): string[] {
  const others = plan.fields.flatMap(({ weight, language }) =>
    weight && language ? [language] : []
  )
  return [...new Set([plan.language, ...others])]
}

/** The vector field that a query means, where it names none and the index has but one. */
export function onlyVector(plan: IndexPlan): PlannedVector | undefined {
  return plan.vectors.length === 1 ? plan.vectors[0] : undefined
}
