import fc from "fast-check"
import sql from "sql-template-tag"
import { afterCursor, encodeCursor, fingerprint } from "./cursor"
import type { OrderKey } from "./order"

const keys: OrderKey[] = [
  { value: sql`price`, descending: true, kind: "number" },
  { value: sql`id`, descending: false, kind: "text" },
]

describe("afterCursor", () => {
  it("binds what a cursor holds", () => {
    const condition = afterCursor(encodeCursor([5, "x'; DROP"], "q"), "q", keys)
    expect(condition.sql).not.toContain("DROP")
    expect(condition.values).toEqual([5, 5, "x'; DROP"])
  })

  it("has nothing but its likes come after a missing value", () => {
    expect(afterCursor(encodeCursor([null, "a"], "q"), "q", keys).sql).toContain("(FALSE) OR")
  })

  it.each([
    ["", "none that this search gave"],
    ["%%%", "none that this search gave"],
    [Buffer.from("{}").toString("base64url"), "none that this search gave"],
    [encodeCursor([1], "q"), "none that this search gave"],
    [encodeCursor([1, "a"], "other"), "another query"],
    [encodeCursor(["1", "a"], "q"), "damaged"],
    [encodeCursor([1, "a\0"], "q"), "damaged"],
  ])("refuses %j", (cursor, message) => {
    expect(() => afterCursor(cursor, "q", keys)).toThrow(message)
  })

  it("answers any text with a condition or a refusal that names the field", () => {
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        expect(() => afterCursor(cursor, "q", keys)).toThrow("pagination.cursor")
      })
    )
  })
})

describe("fingerprint", () => {
  const input = { index: { name: "book" }, q: "whale", pagination: {}, search_options: {} }
  const of = (more: object) => fingerprint({ ...input, ...more } as never)

  it("changes with what decides the hits", () => {
    const prints = [
      {},
      { q: "whales" },
      { filters: { a: 1 } },
      { search_options: { min_score: 1 } },
    ]
    expect(new Set(prints.map(of)).size).toBe(4)
  })

  it("stays the same whatever is shown beside them", () => {
    expect(of({ search_options: { facets: ["genre"], count: "none" } })).toBe(of({}))
  })
})
