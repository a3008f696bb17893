import type { IndexPlan } from "../plan"
import { compileOrder } from "./order"

const plan: IndexPlan = {
  format: 2,
  primary_key: "id",
  language: "english",
  vectors: [],
  fields: [
    { path: "title", kind: "text", array: false, date: false, column: "f0_title" },
    { path: "price.eur", kind: "number", array: false, date: false, column: "f1_price_eur" },
    { path: "subtitle", kind: "text", array: false, date: false },
  ],
}

describe("compileOrder", () => {
  it("goes by relevance where nothing is said, and ends with the id", () => {
    const { list, columns } = compileOrder(undefined, plan)
    expect(list.sql).toBe("score DESC NULLS LAST,id ASC NULLS LAST")
    expect(columns).toEqual([])
  })

  it("keeps the order of the keys, and puts missing values last", () => {
    const { list, columns } = compileOrder({ "price.eur": "DESC", title: "ASC" }, plan)
    expect(list.sql).toBe(
      `"f1_price_eur" DESC NULLS LAST,"f0_title" ASC NULLS LAST,score DESC NULLS LAST,id ASC NULLS LAST`
    )
    expect(columns).toEqual(["f1_price_eur", "f0_title"])
  })

  it("takes the score as a key", () => {
    expect(compileOrder({ _score: "ASC" }, plan).list.sql).toBe(
      "score ASC NULLS LAST,score DESC NULLS LAST,id ASC NULLS LAST"
    )
  })

  it.each(["subtitle", "nope", `title"; DROP TABLE x; --`])("refuses %s", (path) => {
    expect(() => compileOrder({ [path]: "ASC" }, plan)).toThrow(
      `Field "${path}" can't be ordered by: this version of the index holds no column of it`
    )
  })
})
