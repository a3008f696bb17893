import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, raw, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import { invalid } from "../errors"
import { columnField, type ColumnKind, type IndexPlan } from "../plan"

/** The reserved key that orders by relevance. */
const SCORE = "_score"

/** One of the values that decide the order of the hits. */
export interface OrderKey {
  /** The value, as an expression over `matched`. */
  value: Sql
  descending: boolean
  kind: ColumnKind
}

export interface CompiledOrder {
  /** The columns that `matched` must hold for the order. */
  columns: string[]
  /** The values that decide, the first first. The last is the id: no two hits are equal. */
  keys: OrderKey[]
  /** An `ORDER BY` list over `matched`. */
  list: Sql
  /** Whether the hits are ordered by a field rather than by how well they match. */
  byField: boolean
  /** Whether the caller left the order to the search: best first. */
  byDefault: boolean
}

/**
 * Compiles the order. Unordered results come by relevance; documents without the field come last in
 * either direction; equals come by relevance and then by id, so that no two pages share a hit.
 */
export function compileOrder(
  order: Record<string, SearchTypes.SearchOrderBy> | undefined,
  plan: IndexPlan
): CompiledOrder {
  const columns: string[] = []
  const asked = Object.entries(order ?? {}).map(([path, direction]): OrderKey => {
    if (direction !== "ASC" && direction !== "DESC") {
      return invalid(`pagination.order takes "ASC" or "DESC" for "${path}"`)
    }
    const descending = direction === "DESC"
    if (path === SCORE) {
      return { value: raw("score"), descending, kind: "number" }
    }
    const { column, kind } = columnField(plan, path, "ordered by")
    columns.push(column)
    return { value: identifier(column), descending, kind }
  })
  const keys: OrderKey[] = [
    ...asked,
    { value: raw("score"), descending: true, kind: "number" },
    { value: raw("id"), descending: false, kind: "text" },
  ]
  return {
    columns,
    keys,
    list: join(
      keys.map(
        ({ value, descending }) => sql`${value} ${raw(descending ? "DESC" : "ASC")} NULLS LAST`
      )
    ),
    byDefault: !asked.length,
    byField: columns.length > 0 && Object.keys(order ?? {})[0] !== SCORE,
  }
}
