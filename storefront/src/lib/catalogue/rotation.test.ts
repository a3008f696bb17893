import { describe, expect, it } from "vitest"
import { dayNumber, rotate, windowOf } from "./rotation"

describe("the tables that are laid anew each day", () => {
  it("stay as they are for a day and change with the next", () => {
    const at = (time: string) => dayNumber(new Date(time))
    expect(at("2026-11-24T00:00:00Z")).toBe(at("2026-11-24T23:59:59Z"))
    expect(at("2026-11-25T00:00:00Z")).toBe(at("2026-11-24T12:00:00Z") + 1)
  })

  it("go round the shelves", () => {
    expect(rotate([1, 2, 3], 4)).toEqual([2, 3, 1])
    expect(rotate([], 4)).toEqual([])
  })

  it("never begin a row so late that it would be short", () => {
    for (let day = 0; day < 100; day++) {
      expect(windowOf(25, 6, day) + 6).toBeLessThanOrEqual(25)
    }
    expect(windowOf(4, 6, 7)).toBe(0)
  })
})
