/**
 * Why something can't be stored as a vector and compared with others; undefined where it can.
 *
 * pgvector keeps single-precision numbers, so a component has to be finite as one of these, and a vector
 * that is zero in all of them has no direction: its cosine with any other isn't a number.
 */
export function vectorFault(value: unknown, dimensions: number): string | undefined {
  if (!Array.isArray(value) || value.length !== dimensions) {
    const length = Array.isArray(value) ? value.length : "no"
    return `has ${length} components instead of ${dimensions}`
  }
  // `fround` alone would take null for 0.
  if (
    !value.every(
      (component) => Number.isFinite(component) && Number.isFinite(Math.fround(component))
    )
  ) {
    return "has a component that is no finite number of single precision"
  }
  return value.some((component) => Math.fround(component) !== 0) ? undefined : "is zero throughout"
}
