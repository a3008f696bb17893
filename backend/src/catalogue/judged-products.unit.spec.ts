import { readFileSync } from "node:fs"
import { JUDGED_PRODUCTS, judgedProducts } from "./judged-products"

describe("the judged collection of the bookstore", () => {
  it("holds the catalogue as it is: `npm run judged-products` writes it anew", async () => {
    const written = readFileSync(JUDGED_PRODUCTS, "utf8").split("\n")
    const expected = (await judgedProducts()).split("\n")
    expect(written.filter((line, i) => line !== expected[i])).toEqual([])
    expect(written).toHaveLength(expected.length)
  })
})
