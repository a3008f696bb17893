import { describe, expect, it } from "vitest"
import { readTags } from "./tags"

const body = (tags: unknown) => JSON.stringify({ tags })

describe("what the shop is told to forget", () => {
  it("are tags that it gives, each once", () => {
    expect(readTags(body(["product:prod_01J", "regions", "regions"]))).toEqual([
      "product:prod_01J",
      "regions",
    ])
  })

  it.each([
    ["no JSON", "regions"],
    ["null", "null"],
    ["no tags", "{}"],
    ["none", body([])],
    ["a text", body("regions")],
    ["a tag of Next's own", body(["_N_T_/layout"])],
    ["a key of Redis", body(["product:*"])],
    ["a number", body([1])],
    ["too many", body(Array.from({ length: 501 }, (_, i) => `product:${i}`))],
  ])("are not %s", (_, text) => {
    expect(readTags(text)).toBeUndefined()
  })
})
