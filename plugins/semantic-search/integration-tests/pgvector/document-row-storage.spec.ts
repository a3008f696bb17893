import { search } from "@medusajs/framework/utils"
import { type Book, filled, find, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

const ones = (dimensions: number) => Array.from({ length: dimensions }, () => 1)

describe("the row of a document", () => {
  it("keeps what filters read, and moves its long texts out, beside a vector", async () => {
    const fields = search
      .define({
        id: search.keyword().filterable(),
        description: search.text().searchable(),
        channels: search.keyword().array().filterable(),
        embedding: search.vector(384),
      })
      .toFields()
    const index = version("row", 1, fields as never)
    const document = {
      id: "b1",
      // Too long for a row that holds a vector as well.
      description: Array.from({ length: 300 }, (_, i) => (i * 7_919).toString(36)).join(" "),
      channels: ["sc_01", "sc_02", "sc_03", "sc_04"],
      embedding: ones(384),
    }
    await filled(provider, index, [document as unknown as Book])

    const [{ moved }] = await database.rows<{ moved: string }>(
      "SELECT reltoastrelid::regclass::text AS moved FROM pg_class WHERE relname = ?",
      ["semantic_search_doc_row_v1"]
    )
    const [{ values }] = await database.rows<{ values: number }>(
      `SELECT count(DISTINCT chunk_id)::int AS values FROM ${moved}`
    )
    // The document and its words: nothing else may be anywhere but in the row.
    expect(values).toBe(2)
  })

  it("has room for any number of vectors", async () => {
    const names = ["cover", "blurb", "review", "sample"]
    const fields = search
      .define({
        id: search.keyword().filterable(),
        ...Object.fromEntries(names.map((name) => [name, search.vector(768)])),
      })
      .toFields()
    const index = version("wide", 1, fields as never)
    const vectors = Object.fromEntries(names.map((name) => [name, ones(768)]))
    await filled(provider, index, [{ id: "b1", ...vectors } as unknown as Book])

    for (const field of names) {
      const result = await find(provider.service, index, {
        search_options: { vector: { field, value: ones(768) } },
      })
      expect(result.hits.map(({ id }) => id)).toEqual(["b1"])
    }
  })
})
