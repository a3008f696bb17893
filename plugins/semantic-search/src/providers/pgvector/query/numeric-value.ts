import type { PlannedField } from "../plan"

/** A day, or a moment with or without its zone, as ISO 8601 writes them. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** What a query takes for a date, for errors. */
export const DATES = `an ISO text, such as "2024-05-31", or milliseconds since 1970`

/**
 * A number of a query as a numeric field's column holds it. Query strings have numbers as text ("12.5");
 * a date may be a `Date`, a time in milliseconds or an ISO text, which without a zone is in UTC, wherever
 * the server stands.
 *
 * @returns undefined where the value is none
 */
export function numericValue({ date }: PlannedField, value: unknown): number | undefined {
  const number = date ? timeOf(value) : numberOf(value)
  return Number.isFinite(number) ? number : undefined
}

function numberOf(value: unknown): number {
  if (typeof value === "string" && value.trim() !== "") {
    return Number(value)
  }
  return typeof value === "number" ? value : Number.NaN
}

function timeOf(value: unknown): number {
  if (value instanceof Date) {
    return value.getTime()
  }
  if (typeof value !== "string" || /^-?\d+$/.test(value)) {
    return numberOf(value)
  }
  // `Date.parse` by itself takes "soon 5" for a day in May 2001.
  const iso = ISO_DATE.exec(value)
  if (!iso) {
    return Number.NaN
  }
  const [, time, , , zone] = iso
  return Date.parse(time && !zone ? `${value}Z` : value)
}
