import type { SearchTypes } from "@medusajs/framework/types"
import sql, { join, raw, type Sql } from "sql-template-tag"
import { identifier } from "../database"
import { invalid, unsupported } from "../errors"
import { columnField, type ColumnField, type IndexPlan } from "../plan"
import { DATES, numericValue } from "./numeric-value"

type Scalar = string | number | boolean

/**
 * How many values the filters of a query may hold. A statement takes 65,535 parameters, and a hybrid
 * query filters twice.
 */
const MAX_VALUES = 10_000

/** How deep groups may stand in each other: Postgres and the compiler go down level by level. */
export const MAX_DEPTH = 100

const COMPARISONS: Record<string, Sql> = {
  $gt: raw(">"),
  $gte: raw(">="),
  $lt: raw("<"),
  $lte: raw("<="),
}

/**
 * Compiles a filter tree into a condition on the document table's alias `d`. Every value is bound.
 *
 * Semantics, those of `search-postgres`: a bare value or list means "is (or, on an array, holds) one of
 * these"; a document without the field satisfies `$ne` and `$nin`; comparison with null means absence.
 *
 * @throws MedusaError for an operator or value that the field can't be compared by
 */
export function compileFilters(
  filters: SearchTypes.SearchFilters | undefined,
  plan: IndexPlan
): Sql {
  const compiled = compileTree(filters, plan, 0)
  if (compiled.values.length > MAX_VALUES) {
    return invalid(`The filters hold ${compiled.values.length} values; the most is ${MAX_VALUES}`)
  }
  return compiled
}

function compileTree(
  filters: SearchTypes.SearchFilters | undefined,
  plan: IndexPlan,
  depth: number
): Sql {
  if (depth > MAX_DEPTH) {
    return invalid(`The filters are nested more than ${MAX_DEPTH} groups deep`)
  }
  const parts = Object.entries(filters ?? {}).map(([key, value]) =>
    compileEntry(key, value, plan, depth)
  )
  return parts.length ? join(parts, " AND ") : sql`TRUE`
}

function compileEntry(key: string, value: unknown, plan: IndexPlan, depth: number): Sql {
  switch (key) {
    case "$and":
    case "$or": {
      const branches = branchesOf(key, value).map(
        (branch) => sql`(${compileTree(branch, plan, depth + 1)})`
      )
      if (!branches.length) {
        return sql`TRUE`
      }
      return sql`(${join(branches, key === "$and" ? " AND " : " OR ")})`
    }
    case "$not":
      // Null means "doesn't match", which negated must match.
      return sql`((${compileTree(asTree(key, value), plan, depth + 1)}) IS NOT TRUE)`
    default:
      return compileField(columnField(plan, key, "filtered by"), value)
  }
}

function branchesOf(key: string, value: unknown): SearchTypes.SearchFilters[] {
  if (!Array.isArray(value)) {
    return invalid(`"${key}" in filters takes a list of filters`)
  }
  return value.map((branch) => asTree(key, branch))
}

function asTree(key: string, value: unknown): SearchTypes.SearchFilters {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return invalid(`"${key}" in filters takes filters by field, such as { "status": "published" }`)
  }
  return value as SearchTypes.SearchFilters
}

function compileField(field: ColumnField, value: unknown): Sql {
  if (value === null || typeof value !== "object" || value instanceof Date) {
    return anyOf(field, [value])
  }
  if (Array.isArray(value)) {
    return anyOf(field, value)
  }
  const operators = Object.entries(value).filter(([, operand]) => operand !== undefined)
  if (!operators.length) {
    return invalid(`The filter on "${field.path}" holds no operator`)
  }
  const parts = operators.map(([operator, operand]) => compileOperator(field, operator, operand))
  return sql`(${join(parts, " AND ")})`
}

function compileOperator(field: ColumnField, operator: string, operand: unknown): Sql {
  switch (operator) {
    case "$eq":
      return anyOf(field, [operand])
    case "$ne":
      return sql`(${anyOf(field, [operand])} IS NOT TRUE)`
    case "$in":
      return anyOf(field, listOf(operand))
    case "$nin":
      return sql`(${anyOf(field, listOf(operand))} IS NOT TRUE)`
    case "$exists":
      if (typeof operand !== "boolean") {
        return invalid(`"$exists" on "${field.path}" takes true or false`)
      }
      return sql`(${columnSql(field)} IS ${raw(operand ? "NOT NULL" : "NULL")})`
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return compare(field, operator, operand)
    case "$contains":
      return overlap(field, operator, "@>", operand)
    case "$overlaps":
      return overlap(field, operator, "&&", operand)
    case "$prefix":
      return like(field, operator, operand, (text) => `${escapeLike(text)}%`)
    case "$like":
      return like(field, operator, operand, (text) => text)
    default:
      return unsupported(`"${operator}" on "${field.path}" is no operator of the pgvector provider`)
  }
}

function columnSql(field: ColumnField): Sql {
  return sql`d.${identifier(field.column)}`
}

/** Equal to one of the values, or, on an array, holding one of them. Null stands for absence. */
function anyOf(field: ColumnField, values: unknown[]): Sql {
  const column = columnSql(field)
  const present = values.filter((value) => value !== null && value !== undefined)
  const parts: Sql[] = []
  if (present.length < values.length) {
    parts.push(sql`${column} IS NULL`)
  }
  if (present.length) {
    const operands = present.map((value) => scalar(field, value))
    parts.push(
      field.array
        ? sql`${column} && ${arrayOf(field, operands)}`
        : sql`${column} IN (${join(operands)})`
    )
  }
  return parts.length ? sql`(${join(parts, " OR ")})` : sql`FALSE`
}

function compare(field: ColumnField, operator: string, operand: unknown): Sql {
  if (field.array || field.kind === "boolean") {
    return unsupported(`"${operator}" can't be used on "${field.path}": its values have no order`)
  }
  return sql`(${columnSql(field)} ${COMPARISONS[operator]} ${scalar(field, operand)})`
}

function overlap(field: ColumnField, operator: string, symbol: "@>" | "&&", operand: unknown): Sql {
  if (!field.array) {
    return unsupported(
      `"${operator}" on "${field.path}" needs a field that holds a list; use "$in"`
    )
  }
  const operands = listOf(operand).map((value) => scalar(field, value))
  if (!operands.length) {
    return symbol === "@>" ? sql`TRUE` : sql`FALSE`
  }
  return sql`(${columnSql(field)} ${raw(symbol)} ${arrayOf(field, operands)})`
}

function like(
  field: ColumnField,
  operator: string,
  operand: unknown,
  pattern: (text: string) => string
): Sql {
  if (field.array || field.kind !== "text") {
    return unsupported(`"${operator}" can't be used on "${field.path}": it takes a single text`)
  }
  const text = pattern(scalar(field, operand) as string)
  if (/(?<!\\)(\\\\)*\\$/.test(text)) {
    return invalid(`"${operator}" on "${field.path}" ends with a backslash; double it`)
  }
  return sql`(${columnSql(field)} LIKE ${text})`
}

function arrayOf(field: ColumnField, operands: Scalar[]): Sql {
  const type = { text: "text[]", number: "float8[]", boolean: "boolean[]" }[field.kind]
  return sql`ARRAY[${join(operands)}]::${raw(type)}`
}

function listOf(operand: unknown): unknown[] {
  return Array.isArray(operand) ? operand : [operand]
}

/** `%` and `_` stand for themselves in a prefix. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&")
}

/** A filter value as the column holds it. */
function scalar(field: ColumnField, value: unknown): Scalar {
  switch (field.kind) {
    case "number":
      return (
        numericValue(field, value) ??
        invalid(
          field.date
            ? `"${String(value)}" is no date; the filter on "${field.path}" takes ${DATES}`
            : `"${String(value)}" is no number; the filter on "${field.path}" needs one`
        )
      )
    case "boolean":
      if (value === true || value === "true") {
        return true
      }
      if (value === false || value === "false") {
        return false
      }
      return invalid(`The filter on "${field.path}" takes true or false`)
    case "text":
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
        return invalid(`The filter on "${field.path}" takes a text`)
      }
      if (String(value).includes("\0")) {
        return invalid(`The filter on "${field.path}" holds a NUL character`)
      }
      return String(value)
  }
}
