import fc from "fast-check"
import { editDistance } from "./edit-distance"

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["tolkien", "tolkien", 0],
    ["tolkein", "tolkien", 1],
    ["dostoyevski", "dostoevsky", 2],
    ["hemmingway", "hemingway", 1],
    ["kitten", "sitting", 3],
  ])("%s → %s takes %d", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it("is symmetric, zero only for equal words, and never longer than the longer word", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b)
        expect(distance).toBe(editDistance(b, a))
        expect(distance === 0).toBe(a === b)
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      })
    )
  })
})
