import { search } from "@medusajs/framework/utils"
import { buildPlan, onlyVector } from "./plan"

const CONTEXT = { language: "english", model: "m@1", dimensions: 384 }

function plan(fields: Parameters<typeof search.define>[0], settings: object = {}) {
  const definition = {
    name: "product",
    primary_key: "id",
    settings,
    fields: search.define(fields).toFields(),
  }
  return buildPlan(definition as never, CONTEXT)
}

describe("buildPlan", () => {
  it("gives a column to what is filtered, sorted or counted by, and to nothing else", () => {
    const { fields } = plan({
      id: search.keyword(),
      title: search.text().searchable().sortable(),
      subtitle: search.text().searchable(),
      stock: search.integer().filterable(),
      year: search.integer().facetable(),
      thumbnail: search.keyword(),
    })
    expect(fields.map(({ path, column }) => [path, column])).toEqual([
      ["id", "id"],
      ["title", "f1_title"],
      ["subtitle", undefined],
      ["stock", "f3_stock"],
      ["year", "f4_year"],
      ["thumbnail", undefined],
    ])
  })

  it("flattens objects; below a list everything is a list", () => {
    const { fields } = plan({
      id: search.keyword(),
      prices: search.object({ eur: search.float().filterable() }),
      variants: search.object({ sku: search.keyword().filterable() }).array(),
    })
    expect(fields.slice(1)).toMatchObject([
      { path: "prices.eur", kind: "number", array: false, column: "f1_prices_eur" },
      { path: "variants.sku", kind: "text", array: true, column: "f2_variants_sku" },
    ])
  })

  it("keeps dates as numbers", () => {
    const { fields } = plan({ id: search.keyword(), created_at: search.date().sortable() })
    expect(fields[1]).toMatchObject({ kind: "number", date: true })
  })

  it("weighs a title above a subtitle above a genre above running text", () => {
    const { fields } = plan({
      id: search.keyword(),
      title: search.text().searchable({ weight: 3 }),
      subtitle: search.text().searchable({ weight: 2 }),
      genre: search.text().searchable({ weight: 1.5 }),
      description: search.text().searchable(),
      secret: search.text(),
    })
    expect(fields.slice(1).map(({ weight }) => weight)).toEqual(["A", "B", "C", "D", undefined])
  })

  it("gives columns names that Postgres can keep, whatever a field is called", () => {
    const name = `Überlanger Name ${"x".repeat(80)}"; DROP TABLE`
    const { fields } = plan({
      id: search.keyword(),
      [name]: search.keyword().filterable(),
      [`${name}2`]: search.keyword().filterable(),
      書名: search.keyword().filterable(),
    })
    const columns = fields.map(({ column }) => column!)
    expect(new Set(columns).size).toBe(4)
    for (const column of columns) {
      expect(column).toMatch(/^[a-z_][a-z0-9_]{0,62}$/)
    }
  })

  it("remembers the model of an embedded vector, and none of a supplied one", () => {
    const { vectors } = plan({
      id: search.keyword(),
      embedding: search.vector(384).embed(),
      image: search.vector(512),
    })
    expect(vectors).toEqual([
      {
        path: "embedding",
        column: "v0",
        dimensions: 384,
        embedded: { hash_column: "v0_hash", model: "m@1" },
      },
      { path: "image", column: "v1", dimensions: 512 },
    ])
  })

  it("has the precision of a vector from its field; that of a plan that says none is single", () => {
    const vectorsOf = (precision: string) => {
      const image = search.vector(512).providerOptions({ pgvector: { precision } })
      return plan({ id: search.keyword(), image }).vectors
    }
    expect(vectorsOf("half")).toEqual([
      { path: "image", column: "v0", dimensions: 512, precision: "half" },
    ])
    expect(vectorsOf("single")).toEqual([{ path: "image", column: "v0", dimensions: 512 }])
  })

  it.each([
    ["single", 2_000],
    ["half", 4_000],
  ])("takes vectors of %s precision with up to %i dimensions", (precision, most) => {
    const vectorOf = (dimensions: number) => {
      const image = search.vector(dimensions).providerOptions({ pgvector: { precision } })
      return plan({ id: search.keyword(), image }).vectors[0]
    }
    expect(vectorOf(most)).toMatchObject({ dimensions: most })
    expect(() => vectorOf(most + 1)).toThrow(`needs "dimensions" between 1 and ${most}, and has`)
  })

  it("reads the same after it was stored as JSON", () => {
    const built = plan({ id: search.keyword(), embedding: search.vector(384).embed() })
    expect(JSON.parse(JSON.stringify(built))).toStrictEqual(built)
  })

  it.each<[string, Record<string, unknown>, object, string]>([
    [
      "places",
      { place: { type: "geo", filterable: true } },
      {},
      `can't hold fields of type "geo" ("place" of search index "product"). Remove the field, or bind the index to another provider.`,
    ],
    [
      "vectors of more dimensions than an index can have",
      { embedding: { type: "vector", dimensions: 2_001 } },
      {},
      `Vector field "embedding" of search index "product" needs "dimensions" between 1 and 2000, and has 2001. Half precision goes up to 4000: give the field provider_options { pgvector: { precision: "half" } }, which defineSemanticProductIndex does for vector_precision: "half".`,
    ],
    [
      "a precision that there isn't",
      {
        embedding: {
          type: "vector",
          dimensions: 384,
          provider_options: { pgvector: { precision: "bit" } },
        },
      },
      {},
      `Vector field "embedding" of search index "product" has an unknown provider_options.pgvector.precision: it takes "single" or "half"`,
    ],
    [
      "vectors without dimensions",
      { embedding: { type: "vector", embed: true } },
      {},
      `needs "dimensions" between 1 and 2000`,
    ],
    [
      "vectors of other dimensions than the model's",
      { embedding: { type: "vector", dimensions: 512, embed: true } },
      {},
      `has 512 dimensions, but the embedder m@1 makes 384. Give both the same number.`,
    ],
    ...[
      { min_word_size_for_one_typo: 0 },
      { min_word_size_for_one_typo: 2.5 },
      { min_word_size_for_one_typo: 5, min_word_size_for_two_typos: 4 },
      { min_word_size_for_two_typos: 3 },
    ].map((typo_tolerance): [string, Record<string, unknown>, object, string] => [
      `the typo tolerance ${JSON.stringify(typo_tolerance)}`,
      {},
      { typo_tolerance },
      "wrong settings.typo_tolerance",
    ]),
    [
      "an index that is defined for another model",
      { embedding: { type: "vector", dimensions: 384, embed: true } },
      { provider_options: { pgvector: { model: "other@2" } } },
      `defined for the embedding model other@2, but the pgvector search provider runs m@1. Name the same model`,
    ],
  ])("refuses %s", (_, fields, settings, message) => {
    const definition = { name: "product", primary_key: "id", settings, fields }
    expect(() => buildPlan(definition as never, CONTEXT)).toThrow(message)
  })
})

describe("onlyVector", () => {
  it("is the one that there is, and none where one must be chosen", () => {
    const one = plan({ id: search.keyword(), a: search.vector(3) })
    const two = plan({ id: search.keyword(), a: search.vector(3), b: search.vector(3) })
    expect(onlyVector(one)?.path).toBe("a")
    expect(onlyVector(two)).toBeUndefined()
    expect(onlyVector(plan({ id: search.keyword() }))).toBeUndefined()
  })
})
