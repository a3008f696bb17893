import { EmbedderInputError, EmbedderUnavailableError } from "./embedder"

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

/**
 * What an embedder answered, as vectors of length 1 that can be stored.
 *
 * @param vectors what came for `count` texts
 * @param whose whose answer it is, for the error: "The embedding server"
 * @throws EmbedderUnavailableError for vectors too many, too few or of the wrong length: whoever makes
 * them does so for every text
 * @throws EmbedderInputError for a vector that isn't of finite numbers, or is zero
 */
export function checkedVectors(
  vectors: unknown,
  { count, dimensions, whose }: { count: number; dimensions: number; whose: string }
): number[][] {
  if (!Array.isArray(vectors) || vectors.length !== count) {
    const number = Array.isArray(vectors) ? vectors.length : "no"
    throw new EmbedderUnavailableError(`${whose} answered ${number} vectors for ${count} text(s)`)
  }
  return vectors.map((vector: unknown) => {
    const fault = vectorFault(vector, dimensions)
    if (fault) {
      const Fault =
        Array.isArray(vector) && vector.length === dimensions
          ? EmbedderInputError
          : EmbedderUnavailableError
      throw new Fault(`${whose} answered a vector that ${fault}`)
    }
    return normalised(vector as number[])
  })
}

/** The vector of the same direction and of length 1. */
export function normalised(vector: number[]): number[] {
  const length = Math.hypot(...vector)
  return vector.map((component) => component / length)
}
