import type { SearchTypes } from "@medusajs/framework/types"
import type { Book } from "./books"

type Scalar = string | number | boolean
type Operand = Scalar | null | undefined | Date | (Scalar | null)[]

/** Which fields hold dates: a filter names them as ISO text, milliseconds or Date. */
const DATES = new Set(["published"])

/** What a document holds at a path, always as a list; empty: the field is missing. */
function valuesAt(book: Book, path: string): Scalar[] {
  const value = path
    .split(".")
    .reduce<unknown>((parent, key) => (parent as Record<string, unknown> | null)?.[key], book)
  const values = (Array.isArray(value) ? value : [value]).filter((entry) => entry != null)
  return DATES.has(path) ? values.map((entry) => Date.parse(entry)) : values
}

function operandFor(path: string, operand: unknown): Scalar {
  if (DATES.has(path)) {
    return typeof operand === "number" ? operand : new Date(operand as string | Date).getTime()
  }
  return operand as Scalar
}

/** The meaning of a `LIKE` pattern. */
function like(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\(.)|([%_])|([^\\%_])/gsu, (_, escaped, wildcard, plain) => {
    if (wildcard) {
      return wildcard === "%" ? ".*" : "."
    }
    return (escaped ?? plain).replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")
  })
  return new RegExp(`^${source}$`, "su").test(text)
}

/** The filters' meaning in plain words: what the provider's SQL must agree with. */
export function matches(book: Book, filters: SearchTypes.SearchFilters): boolean {
  return Object.entries(filters).every(([key, value]) => {
    const branches = value as SearchTypes.SearchFilters[]
    switch (key) {
      case "$and":
        return branches.every((branch) => matches(book, branch))
      case "$or":
        return !branches.length || branches.some((branch) => matches(book, branch))
      case "$not":
        return !matches(book, value as SearchTypes.SearchFilters)
      default:
        return matchesField(book, key, value as Operand | Record<string, Operand>)
    }
  })
}

function matchesField(book: Book, path: string, value: Operand | Record<string, Operand>): boolean {
  const values = valuesAt(book, path)
  const isOneOf = (operands: unknown[]) =>
    operands.some((operand) =>
      operand === null ? !values.length : values.includes(operandFor(path, operand))
    )
  const compared = (holds: (value: Scalar, operand: Scalar) => boolean, operand: unknown) =>
    values.length > 0 && holds(values[0], operandFor(path, operand))
  const list = (operand: unknown) => (Array.isArray(operand) ? operand : [operand])

  if (
    value === null ||
    typeof value !== "object" ||
    Array.isArray(value) ||
    value instanceof Date
  ) {
    return isOneOf(list(value))
  }
  return Object.entries(value).every(([operator, operand]) => {
    switch (operator) {
      case "$eq":
        return isOneOf([operand])
      case "$ne":
        return !isOneOf([operand])
      case "$in":
        return isOneOf(list(operand))
      case "$nin":
        return !isOneOf(list(operand))
      case "$exists":
        return values.length > 0 === operand
      case "$gt":
        return compared((a, b) => a > b, operand)
      case "$gte":
        return compared((a, b) => a >= b, operand)
      case "$lt":
        return compared((a, b) => a < b, operand)
      case "$lte":
        return compared((a, b) => a <= b, operand)
      case "$contains":
        return list(operand).every((entry) => values.includes(operandFor(path, entry)))
      case "$overlaps":
        return list(operand).some((entry) => values.includes(operandFor(path, entry)))
      case "$prefix":
        return compared((a, b) => String(a).startsWith(String(b)), operand)
      case "$like":
        return compared((a, b) => like(String(a), String(b)), operand)
      default:
        throw new Error(`The reference knows no ${operator}`)
    }
  })
}
