/** A product that was retrieved for a question. */
export interface AssistantHit {
  /** The number it is cited by, from 1. */
  n: number
  id: string
  /** The document of the search index. */
  document: Record<string, unknown>
}

/** A product that the answer names. */
export interface Citation {
  n: number
  id: string
}

/** Looks up the hits of numbers that stand in an answer. */
export function citationsOf(numbers: number[], hits: AssistantHit[]): Citation[] {
  return numbers.flatMap((number) =>
    hits.filter(({ n }) => n === number).map(({ n, id }) => ({ n, id }))
  )
}

/** A document's title on one line, or its id where it has none. */
export function titleOf({ document, id }: AssistantHit): string {
  return oneLine(document.title) || id
}

/** A value as one line of text; lists are joined by commas, what isn't text becomes empty. */
export function oneLine(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(oneLine).filter(Boolean).join(", ")
  }
  if (typeof value !== "string" && typeof value !== "number") {
    return ""
  }
  return String(value)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
}
