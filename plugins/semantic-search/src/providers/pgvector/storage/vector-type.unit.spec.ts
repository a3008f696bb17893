import { raw } from "sql-template-tag"
import type { PlannedVector } from "../plan"
import { vectorBytes, vectorLiteral, vectorOperators, vectorType } from "./vector-type"

const SINGLE: PlannedVector = { path: "embedding", column: "v0", dimensions: 2 }
const HALF: PlannedVector = { ...SINGLE, precision: "half" }
const EXTENSIONS = {
  vector: raw('"odd""name"'),
  trgm: raw('"public"'),
  unaccent: raw('"public"'),
  vector_version: "0.8.6",
}

describe("a vector field", () => {
  it("names its type and its operators with the extension's schema", () => {
    const names = (vector: PlannedVector) =>
      [vectorType(vector, EXTENSIONS), vectorOperators(vector, EXTENSIONS)].map(({ sql }) => sql)
    expect(names(SINGLE)).toEqual(['"odd""name".vector(2)', '"odd""name".vector_cosine_ops'])
    expect(names(HALF)).toEqual(['"odd""name".halfvec(2)', '"odd""name".halfvec_cosine_ops'])
  })

  it("takes half of the bytes in half precision", () => {
    expect([vectorBytes(SINGLE), vectorBytes(HALF)]).toEqual([8, 4])
  })

  it("writes its values as they came, and at length 1 in half precision", () => {
    expect(vectorLiteral([3e38, 2e38], SINGLE)).toBe("[3e+38,2e+38]")
    expect(JSON.parse(vectorLiteral([3e30, 4e30], HALF))).toEqual(
      [0.6, 0.8].map((component) => expect.closeTo(component))
    )
    expect(JSON.parse(vectorLiteral([-3e-30, 4e-30], HALF))).toEqual(
      [-0.6, 0.8].map((component) => expect.closeTo(component))
    )
  })
})
