import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import { invalid } from "../errors"
import { columnField, type ColumnField, type IndexPlan } from "../plan"
import type { Extensions } from "../storage/extensions"
import { DATES, numericValue } from "./numeric-value"

type FacetRequest = SearchTypes.SearchFacetRequest
type ValueFacetRequest = Extract<FacetRequest, { type?: "value" }>
type Range = Extract<FacetRequest, { type: "range" }>["ranges"][number]

/** How many values a value facet lists when the request names no limit. */
const DEFAULT_VALUES = 10

/** How many ranges a facet may have: each is counted by itself over the whole result. */
const MAX_RANGES = 200

/** A facet of a query: the columns it reads, the JSON it computes, and how that becomes the answer. */
export interface CompiledFacet {
  field: string
  column: string
  /** A scalar subquery over the relation `matched`, which holds `column`. */
  select: Sql
  toResult(value: unknown): SearchTypes.SearchFacetResult
}

/**
 * Compiles facets. They count over `matched`, the whole result set before paging: what they add up to
 * is what the pages show. The answer holds one facet a field: of several on the same the last one stays.
 */
export function compileFacets(
  requests: (string | FacetRequest)[] | undefined,
  plan: IndexPlan,
  extensions: Extensions
): CompiledFacet[] {
  const normalized = (requests ?? []).map((request): FacetRequest =>
    typeof request === "string" ? { field: request } : request
  )
  const byField = new Map(normalized.map((request) => [request.field, request]))
  return [...byField.values()].map((request) => {
    const field = columnField(plan, request.field, "counted")
    switch (request.type) {
      case "range":
        return rangeFacet(field, request.ranges)
      case "stats":
        return statsFacet(field)
      default:
        return valueFacet(field, request, extensions)
    }
  })
}

function valueFacet(
  field: ColumnField,
  { limit = DEFAULT_VALUES, sort, query }: ValueFacetRequest,
  { unaccent }: Extensions
): CompiledFacet {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    return invalid(`The limit of the facet on "${field.path}" takes a whole number from 1 up`)
  }
  if (query !== undefined && (typeof query !== "string" || query.includes("\0"))) {
    return invalid(`The query of the facet on "${field.path}" takes a text without NUL characters`)
  }
  const column = sql`m.${identifier(field.column)}`
  const source = field.array
    ? sql`matched m CROSS JOIN LATERAL unnest(${column}) AS element(value)`
    : sql`(SELECT ${column} AS value FROM matched m) AS element`
  const folded = (text: Sql) => sql`lower(${unaccent}.unaccent(${text}))`
  const wanted = query
    ? sql`AND strpos(${folded(sql`value::text`)}, ${folded(sql`${query}`)}) > 0`
    : sql``
  const order = sort === "alpha" ? sql`value ASC` : sql`count DESC, value ASC`
  return {
    field: field.path,
    column: field.column,
    select: sql`(
      SELECT coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', count) ORDER BY ${order}), '[]')
      FROM (
        SELECT value::text AS value, count(*)::int AS count FROM ${source}
        WHERE value IS NOT NULL ${wanted}
        GROUP BY 1 ORDER BY ${order} LIMIT ${limit}
      ) AS counted)`,
    toResult: (values) => ({ type: "value", values: values as { value: string; count: number }[] }),
  }
}

function rangeFacet(field: ColumnField, ranges: Range[]): CompiledFacet {
  if (field.kind !== "number" || field.array) {
    return invalid(`A range facet needs a field with one number or date; "${field.path}" isn't one`)
  }
  if (!Array.isArray(ranges) || ranges.length > MAX_RANGES) {
    const given = Array.isArray(ranges) ? `${ranges.length}` : "no"
    return invalid(
      `The facet on "${field.path}" has ${given} ranges; it takes a list of ${MAX_RANGES} at most`
    )
  }
  const column = sql`m.${identifier(field.column)}`
  const bounded = ranges.map((range) => ({
    ...range,
    key: range.key ?? `${range.from ?? "*"}-${range.to ?? "*"}`,
  }))
  const counts = bounded.map(({ from, to }) => {
    const conditions = [sql`${column} IS NOT NULL`]
    if (from !== undefined) {
      conditions.push(sql`${column} >= ${bound(field, from)}`)
    }
    if (to !== undefined) {
      conditions.push(sql`${column} < ${bound(field, to)}`)
    }
    return sql`count(*) FILTER (WHERE ${join(conditions, " AND ")})`
  })
  return {
    field: field.path,
    column: field.column,
    select: counts.length
      ? sql`(SELECT to_jsonb(ARRAY[${join(counts)}]) FROM matched m)`
      : sql`'[]'::jsonb`,
    toResult: (values) => ({
      type: "range",
      ranges: bounded.map((range, i) => ({ ...range, count: (values as number[])[i] })),
    }),
  }
}

function bound(field: ColumnField, value: number | string): number {
  return (
    numericValue(field, value) ??
    invalid(
      `"${value}" is no bound of the range facet on "${field.path}"; give ${field.date ? DATES : "a number"}`
    )
  )
}

function statsFacet(field: ColumnField): CompiledFacet {
  if (field.kind !== "number" || field.array) {
    return invalid(`A stats facet needs a field with one number or date; "${field.path}" isn't one`)
  }
  const column = sql`m.${identifier(field.column)}`
  return {
    field: field.path,
    column: field.column,
    select: sql`(
      SELECT jsonb_build_object('min', min(${column}), 'max', max(${column}), 'avg', avg(${column}),
        'sum', sum(${column}), 'count', count(${column}))
      FROM matched m)`,
    toResult: (value) => {
      const stats = value as Record<"min" | "max" | "avg" | "sum" | "count", number | null>
      return {
        type: "stats",
        min: stats.min ?? 0,
        max: stats.max ?? 0,
        avg: stats.avg ?? undefined,
        sum: stats.sum ?? undefined,
        count: stats.count ?? 0,
      }
    },
  }
}
