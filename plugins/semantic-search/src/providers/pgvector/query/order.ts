import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, raw, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import { columnField, type IndexPlan } from "../plan"

/** The reserved key that orders by relevance. */
const SCORE = "_score"

export interface CompiledOrder {
  /** The columns that `matched` must hold for the order. */
  columns: string[]
  /** An `ORDER BY` list over `matched`. It ends with the id, so that no two pages share a hit. */
  list: Sql
}

/**
 * Compiles the order. Unordered results come by relevance; documents without the field come last in
 * either direction; equals come by relevance and then by id.
 */
export function compileOrder(
  order: Record<string, SearchTypes.SearchOrderBy> | undefined,
  plan: IndexPlan
): CompiledOrder {
  const columns: string[] = []
  const keys = Object.entries(order ?? {}).map(([path, direction]) => {
    const asc = raw(direction === "DESC" ? "DESC" : "ASC")
    if (path === SCORE) {
      return sql`score ${asc}`
    }
    const { column } = columnField(plan, path, "ordered by")
    columns.push(column)
    return sql`${identifier(column)} ${asc} NULLS LAST`
  })
  return { columns, list: join([...keys, sql`score DESC`, sql`id ASC`]) }
}
