import sql, { raw, type Sql } from "sql-template-tag"
import { normalised } from "../../../embedding"
import type { PlannedVector } from "../plan"
import type { Extensions } from "./extensions"

/*
 * What the precision of a vector field decides. Only its column and its index are in half precision. The
 * embeddings that are kept for rebuilds (`semantic_search_embedding`) are of single precision always:
 * versions and indexes of both kinds are filled from them, and the way back loses nothing.
 */

/** The type of a field's column, which values that are compared with it are cast to. */
export function vectorType(
  { dimensions, precision }: PlannedVector,
  { vector: schema }: Extensions
): Sql {
  return sql`${schema}.${raw(precision === "half" ? "halfvec" : "vector")}(${raw(String(dimensions))})`
}

/** The operator class by which its vector index orders: cosines. */
export function vectorOperators({ precision }: PlannedVector, { vector: schema }: Extensions): Sql {
  return sql`${schema}.${raw(precision === "half" ? "halfvec_cosine_ops" : "vector_cosine_ops")}`
}

/** What the components of a value take, in bytes. */
export function vectorBytes({ dimensions, precision }: PlannedVector): number {
  return dimensions * (precision === "half" ? 2 : 4)
}

/**
 * A vector as text, for its column or to be compared with it. Half precision ends at 65,504 and loses
 * digits below 0.00006; at length 1 every direction fits, and a cosine reads nothing else.
 */
export function vectorLiteral(vector: number[], { precision }: PlannedVector): string {
  return JSON.stringify(precision === "half" ? normalised(vector) : vector)
}
