import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { compareFacts } from "./lib/facts.mjs"

const FACTS = {
  tables: { order: { rows: 2, checksum: "a" }, product: { rows: 783, checksum: "b" } },
  indexes: ["product_pkey btree", "v0 hnsw"],
  sequences: { order_display_id_seq: "2" },
}
const changed = (part, change) => ({ ...FACTS, [part]: change(FACTS[part]) })

describe("a restored database", () => {
  it("is whole when it holds what the backup held", () => {
    assert.deepEqual(compareFacts(FACTS, FACTS), [])
  })

  it("may hold more: what its own start adds", () => {
    const more = changed("tables", (tables) => ({ ...tables, new: { rows: 1, checksum: "c" } }))
    assert.deepEqual(compareFacts(FACTS, more), [])
  })

  for (const [what, after, expected] of [
    [
      "a row",
      changed("tables", (tables) => ({ ...tables, order: { rows: 1, checksum: "x" } })),
      "order: 1 rows instead of 2",
    ],
    [
      "a value",
      changed("tables", (tables) => ({ ...tables, product: { rows: 783, checksum: "x" } })),
      "product: the values of its 783 rows differ",
    ],
    ["a table", changed("tables", ({ order }) => ({ order })), "product: the table is missing"],
    ["an index", changed("indexes", ([first]) => [first]), "v0 hnsw: the index is missing"],
    [
      "a sequence's place",
      changed("sequences", () => ({ order_display_id_seq: "1" })),
      "order_display_id_seq: stands at 1 instead of 2",
    ],
  ]) {
    it(`is named where ${what} is lost`, () => {
      assert.deepEqual(compareFacts(FACTS, after), [expected])
    })
  }
})
