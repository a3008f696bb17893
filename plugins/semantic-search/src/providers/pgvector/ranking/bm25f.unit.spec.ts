import fc from "fast-check"
import { dimensionOf, occurrenceWeight, rarity, sparseVector, TERM_DIMENSIONS } from "./bm25f"

describe("rarity", () => {
  it("falls as a word gets commoner, and never below nothing", () => {
    const rarities = [0, 1, 10, 500, 1_000].map((documents) => rarity(documents, 1_000))
    expect(rarities).toEqual([...rarities].sort((a, b) => b - a))
    expect(rarities.every((value) => value > 0)).toBe(true)
  })

  it("stays finite where a word has spread since documents were counted", () => {
    expect(rarity(50, 10)).toBeCloseTo(rarity(50, 50))
  })
})

describe("occurrenceWeight", () => {
  it("counts a word more in a title, and less in a long text", () => {
    expect(occurrenceWeight("A", 5, 5)).toBeGreaterThan(occurrenceWeight("D", 40, 40))
    expect(occurrenceWeight("D", 400, 40)).toBeLessThan(occurrenceWeight("D", 40, 40))
  })

  it("is what a field of average length weighs", () => {
    expect(occurrenceWeight("D", 40, 40)).toBe(1)
  })
})

describe("dimensionOf", () => {
  it("is one of the vector's, for any key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (key) => {
        const dimension = dimensionOf(key)
        expect(Number.isInteger(dimension)).toBe(true)
        expect(dimension).toBeGreaterThanOrEqual(1)
        expect(dimension).toBeLessThanOrEqual(TERM_DIMENSIONS)
      })
    )
  })
})

describe("sparseVector", () => {
  it("lists the dimensions in order, as pgvector reads them", () => {
    const vector = sparseVector(
      new Map([
        ["whale", 2],
        ["white", 1.5],
      ])
    )
    expect(vector).toMatch(/^\{\d+:[\d.]+,\d+:[\d.]+\}\/536870912$/)
    const [first, second] = [...vector.matchAll(/(\d+):/g)].map(([, dimension]) =>
      Number(dimension)
    )
    expect(first).toBeLessThan(second)
  })

  it("may be empty", () => {
    expect(sparseVector(new Map())).toBe("{}/536870912")
  })
})
