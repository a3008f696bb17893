import { identifier } from "../database"
import { splitPhysicalName, tablesOf } from "./index-catalogue"

describe("splitPhysicalName", () => {
  it.each([
    ["product_v4", "product", 4],
    ["product_v12", "product", 12],
    ["my_v2_product_v3", "my_v2_product", 3],
    ["product", "product", 0],
    ["product_v", "product_v", 0],
    ["product_vx", "product_vx", 0],
  ])("%s is of %s, version %d", (name, root, version) => {
    expect(splitPhysicalName(name)).toEqual({ root, version })
  })
})

describe("tablesOf", () => {
  it.each(["product_v4", "My-Shop.product_v1", `a"; DROP TABLE x; --`])(
    "names tables for %s that need no escaping",
    (name) => {
      const { table, word_table } = tablesOf(name)
      expect(identifier(table).sql).toBe(`"${table}"`)
      expect(identifier(word_table).sql).toBe(`"${word_table}"`)
      expect(table).not.toBe(word_table)
    }
  )

  it("keeps versions apart", () => {
    const tables = ["product_v1", "product_v2", "product_v11"].map((name) => tablesOf(name).table)
    expect(new Set(tables).size).toBe(3)
  })
})
