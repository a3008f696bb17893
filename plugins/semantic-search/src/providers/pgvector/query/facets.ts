import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import { invalid } from "../errors"
import { columnField, type ColumnField, type IndexPlan } from "../plan"
import type { Extensions } from "../storage/extensions"
import { escapeLike } from "./filters"

type FacetRequest = SearchTypes.SearchFacetRequest
type Range = Extract<FacetRequest, { type: "range" }>["ranges"][number]

/** How many values a value facet lists when the request names no limit. */
const DEFAULT_VALUES = 10

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
 * is what the pages show.
 */
export function compileFacets(
  requests: (string | FacetRequest)[] | undefined,
  plan: IndexPlan,
  extensions: Extensions
): CompiledFacet[] {
  return (requests ?? []).map((request) => {
    const normalized = typeof request === "string" ? { field: request } : request
    const field = columnField(plan, normalized.field, "counted")
    switch (normalized.type) {
      case "range":
        return rangeFacet(field, normalized.ranges)
      case "stats":
        return statsFacet(field)
      default:
        return valueFacet(field, normalized, extensions)
    }
  })
}

function valueFacet(
  field: ColumnField,
  request: { limit?: number; sort?: "count" | "alpha"; query?: string },
  { unaccent }: Extensions
): CompiledFacet {
  if (request.query?.includes("\0")) {
    return invalid(`The query of the facet on "${field.path}" holds a NUL character`)
  }
  const column = sql`m.${identifier(field.column)}`
  const source = field.array
    ? sql`matched m CROSS JOIN LATERAL unnest(${column}) AS element(value)`
    : sql`(SELECT ${column} AS value FROM matched m) AS element`
  const folded = (text: Sql) => sql`lower(${unaccent}.unaccent(${text}))`
  const wanted = request.query
    ? sql`AND ${folded(sql`value::text`)} LIKE ${folded(sql`${`%${escapeLike(request.query)}%`}`)}`
    : sql``
  const order = request.sort === "alpha" ? sql`value ASC` : sql`count DESC, value ASC`
  return {
    field: field.path,
    column: field.column,
    select: sql`(
      SELECT coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', count) ORDER BY ${order}), '[]')
      FROM (
        SELECT value::text AS value, count(*)::int AS count FROM ${source}
        WHERE value IS NOT NULL ${wanted}
        GROUP BY 1 ORDER BY ${order} LIMIT ${request.limit ?? DEFAULT_VALUES}
      ) AS counted)`,
    toResult: (values) => ({ type: "value", values: values as { value: string; count: number }[] }),
  }
}

function rangeFacet(field: ColumnField, ranges: Range[]): CompiledFacet {
  if (field.kind !== "number" || field.array) {
    return invalid(`A range facet needs a field with one number or date; "${field.path}" isn't one`)
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
      ? sql`(SELECT jsonb_build_array(${join(counts)}) FROM matched m)`
      : sql`'[]'::jsonb`,
    toResult: (values) => ({
      type: "range",
      ranges: bounded.map((range, i) => ({ ...range, count: (values as number[])[i] })),
    }),
  }
}

function bound(field: ColumnField, value: number | string): number {
  const number =
    field.date && typeof value === "string" && !/^\d+$/.test(value)
      ? Date.parse(value)
      : Number(value)
  if (value === "" || !Number.isFinite(number)) {
    return invalid(`"${value}" is no bound of a range facet on "${field.path}"; give a number`)
  }
  return number
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
