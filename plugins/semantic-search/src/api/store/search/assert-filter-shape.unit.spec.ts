import { assertFilterShape } from "./assert-filter-shape"

/** Passes a body through; throws what it is refused with. */
function pass(body: unknown): void {
  let passedOn = 0
  assertFilterShape({ body } as never, {} as never, () => passedOn++)
  expect(passedOn).toBe(1)
}

function nested(depth: number, into: (filters: object) => object): object {
  let filters: object = { year: { $gt: 1900 } }
  for (let i = 0; i < depth; i++) {
    filters = into(filters)
  }
  return filters
}

const inList = (filters: object) => ({ $and: [filters] })
const negated = (filters: object) => ({ $not: filters })
const inField = (filters: object) => ({ year: filters })

describe("assertFilterShape", () => {
  it.each<[string, unknown]>([
    ["no body", undefined],
    ["null", null],
    ["a body that is a text", "filters"],
    ["no filters", { entity: "product" }],
    ["queries that are none", { queries: [null, 5, "x"] }],
    [
      "filters",
      { filters: { q: "whale", year: [1, 2], $or: [{ year: 1 }, { $not: { year: 2 } }] } },
    ],
    ["deep groups", { filters: nested(100, inList) }],
  ])("passes on %s", (_, body) => {
    expect(() => pass(body)).not.toThrow()
  })

  it.each<[string, unknown, string]>([
    ["$or that is no list", { $or: { year: 1 } }, `"$or" in filters takes a list`],
    ["$and of texts", { $and: ["x"] }, `"$and" in filters takes a list`],
    ["$or of null", { $or: null }, `"$or" in filters takes a list`],
    ["$not of a list", { $not: [{ year: 1 }] }, `"$not" in filters takes filters by field`],
    ["a wrong group in a group", { $and: [{ $not: { $or: 5 } }] }, `"$or" in filters takes a list`],
    ["endless groups", nested(20_000, inList), "nested more than 100 groups deep"],
    ["endless negations", nested(20_000, negated), "nested more than 100 groups deep"],
    ["endless fields", nested(20_000, inField), "nested more than 100 groups deep"],
  ])("refuses %s", (_, filters, message) => {
    const refusal = expect.objectContaining({
      type: "invalid_data",
      message: expect.stringContaining(message),
    })
    expect(() => pass({ filters })).toThrow(refusal)
    expect(() => pass({ queries: [{ filters: { q: "x" } }, { filters }] })).toThrow(refusal)
  })
})
