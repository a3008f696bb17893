import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import type { IndexPlan } from "../plan"
import { compileFilters, escapeLike } from "./filters"

const plan: IndexPlan = {
  format: 2,
  primary_key: "id",
  language: "english",
  vectors: [],
  fields: [
    { path: "id", kind: "text", array: false, date: false, column: "id" },
    { path: "title", kind: "text", array: false, date: false, column: "f0_title" },
    { path: "tags", kind: "text", array: true, date: false, column: "f1_tags" },
    { path: "price.eur", kind: "number", array: false, date: false, column: "f2_price_eur" },
    { path: "published", kind: "number", array: false, date: true, column: "f3_published" },
    { path: "in_stock", kind: "boolean", array: false, date: false, column: "f4_in_stock" },
  ],
}

/** A filter tree with holes for its values, so that one shape can be filled with different ones. */
type Shape = (next: () => { text: string; number: number }) => unknown

const single =
  (field: string, operator: string): Shape =>
  (next) => ({
    [field]: { [operator]: field === "price.eur" ? next().number : next().text },
  })
const list =
  (field: string, operator: string, length: number): Shape =>
  (next) => ({
    [field]: { [operator]: Array.from({ length }, () => next().text) },
  })

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("title", "id"),
      fc.constantFrom("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$prefix", "$like")
    )
    .map(([field, operator]) => single(field, operator)),
  fc
    .constantFrom("$eq", "$ne", "$gt", "$gte", "$lt", "$lte")
    .map((operator) => single("price.eur", operator)),
  fc
    .tuple(fc.constantFrom("$in", "$nin", "$contains", "$overlaps"), fc.integer({ min: 1, max: 3 }))
    .map(([operator, length]) => list("tags", operator, length)),
  fc.constant<Shape>((next) => ({ title: next().text })),
  fc.constant<Shape>((next) => ({ tags: [next().text, null] }))
)

const shape: fc.Arbitrary<Shape> = fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: "medium" },
    leaf,
    fc
      .tuple(fc.constantFrom("$and", "$or"), fc.array(tie("tree"), { maxLength: 3 }))
      .map(([group, branches]): Shape => (next) => ({
        [group]: branches.map((branch) => branch(next)),
      })),
    tie("tree").map((branch): Shape => (next) => ({ $not: branch(next) }))
  ),
})).tree

/** What an attacker might send; the sign that ends it keeps `LIKE` patterns valid. */
const hostileText = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(`'; DROP TABLE x; --`, `" OR 1=1`, "?", "??", "$1", "\\?", ":a", "%_\\")
  )
  .map((text) => `${text.replaceAll("\0", "")}§`)

/** A number that the compiler itself would hardly write. */
const oddNumber = fc.integer({ min: 1_000, max: 999_999 }).map((whole) => whole + 0.123)

/** Fills a shape and notes what it was filled with. */
function fill(built: Shape, texts: string[], numbers: number[]) {
  const used: (string | number)[] = []
  let i = 0
  const filters = built(() => {
    const at = i++
    return {
      get text() {
        used.push(texts[at % texts.length])
        return texts[at % texts.length]
      },
      get number() {
        used.push(numbers[at % numbers.length])
        return numbers[at % numbers.length]
      },
    }
  })
  return { filters: filters as SearchTypes.SearchFilters, used }
}

describe("compileFilters", () => {
  it("binds every value of a filter, and writes none of it into the statement", () => {
    const values = fc.record({
      texts: fc.array(hostileText, { minLength: 1, maxLength: 5 }),
      numbers: fc.array(oddNumber, { minLength: 1, maxLength: 5 }),
    })
    fc.assert(
      fc.property(shape, values, (built, { texts, numbers }) => {
        const { filters, used } = fill(built, texts, numbers)
        const { sql, values: bound } = compileFilters(filters, plan)
        const harmless = fill(built, ["a"], [1])
        expect(sql).toBe(compileFilters(harmless.filters, plan).sql)
        expect(bound).toHaveLength(used.length)
        for (const [i, value] of used.entries()) {
          expect([value, `${escapeLike(String(value))}%`]).toContain(bound[i])
        }
      }),
      { numRuns: 500 }
    )
  })

  it("selects everything without filters", () => {
    for (const filters of [undefined, {}, { $and: [] }, { $or: [] }]) {
      expect(compileFilters(filters as never, plan).sql).toBe("TRUE")
    }
  })

  it("takes dates as date, ISO text, milliseconds, or milliseconds in a text", () => {
    const time = Date.UTC(2024, 1, 29)
    for (const value of [new Date(time), "2024-02-29", time, String(time)]) {
      expect(compileFilters({ published: { $gte: value } } as never, plan).values).toEqual([time])
    }
  })

  it.each([
    [{ nope: 1 }, `Field "nope" can't be filtered by`],
    [
      { published: "yesterday" },
      `"yesterday" is no date; the filter on "published" takes an ISO text`,
    ],
    [{ "price.eur": "" }, `"" is no number; the filter on "price.eur" needs one`],
    [{ "price.eur": true }, `"true" is no number`],
    [{ in_stock: 1 }, `The filter on "in_stock" takes true or false`],
    [{ title: { a: 1 } }, `"a" on "title" is no operator of the pgvector provider`],
    [{ title: { $eq: undefined } }, `The filter on "title" holds no operator`],
    [
      { title: { $contains: "a" } },
      `"$contains" on "title" needs a field that holds a list; use "$in"`,
    ],
    [{ tags: { $gt: "a" } }, `"$gt" can't be used on "tags": its values have no order`],
    [{ title: { $like: "100\\" } }, `"$like" on "title" ends with a backslash; double it`],
    [{ title: { $like: "100\\\\\\" } }, `ends with a backslash`],
    [{ title: "\0" }, `The filter on "title" holds a NUL character`],
    [{ id: Array.from({ length: 10_001 }, () => "a") }, "hold 10001 values; the most is 10000"],
  ])("refuses %j", (filters, message) => {
    expect(() => compileFilters(filters as never, plan)).toThrow(message)
  })

  it("allows a pattern to end with an escaped backslash", () => {
    const { values } = compileFilters({ title: { $like: "100\\\\" } }, plan)
    expect(values).toEqual(["100\\\\"])
  })
})

describe("escapeLike", () => {
  it("has every character stand for itself", () => {
    expect(escapeLike(`50%_\\`)).toBe(`50\\%\\_\\\\`)
  })
})
