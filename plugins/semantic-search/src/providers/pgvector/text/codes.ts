import { fold } from "./words"

/** The shortest part of a code that is looked for within codes: shorter ones are in too many. */
const MIN_CODE_LENGTH = 3

/** Longer than any ISBN, EAN or part number. */
const MAX_CODE_LENGTH = 40

/** A code as it is compared: "978-0-14-044913-6" and "978 0140449136" are one. */
export function codeKey(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, "")
}

/**
 * The code that a query may be; undefined where it can't be one. A code has a digit, and no more spaces
 * than a shopper would put between its groups.
 */
export function codeOfQuery(text: string): string | undefined {
  const key = codeKey(text)
  const groups = text.split(/\s+/).length
  const fits = key.length >= MIN_CODE_LENGTH && key.length <= MAX_CODE_LENGTH && groups <= 5
  return fits && /\d/.test(key) ? key : undefined
}
