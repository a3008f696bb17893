import { contentHash } from "../../../embedding"
import type { IndexPlan } from "../plan"
import { toDocumentRow } from "./document-row"
import { markReadingTime } from "./reading-time"

const plan: IndexPlan = {
  format: 2,
  primary_key: "id",
  language: "english",
  fields: [
    { path: "id", kind: "text", array: false, date: false, column: "id" },
    { path: "title", kind: "text", array: false, date: false, column: "f1_title", weight: "A" },
    { path: "authors", kind: "text", array: true, date: false, column: "f2_authors", weight: "B" },
    { path: "price.eur", kind: "number", array: false, date: false, column: "f3_price_eur" },
    { path: "published", kind: "number", array: false, date: true, column: "f4_published" },
    { path: "in_stock", kind: "boolean", array: false, date: false, column: "f5_in_stock" },
    { path: "variants.sku", kind: "text", array: true, date: false, column: "f6_variants_sku" },
    { path: "description", kind: "text", array: false, date: false, weight: "D" },
  ],
  vectors: [
    {
      path: "embedding",
      column: "v0",
      dimensions: 384,
      embedded: { hash_column: "v0_hash", model: "m@1" },
    },
    { path: "image", column: "v1", dimensions: 2 },
  ],
}

describe("toDocumentRow", () => {
  it("puts each value into its column, as the column's type", () => {
    const { values } = toDocumentRow(
      {
        id: "a",
        title: "Moby-Dick",
        authors: ["Melville", "Melville", null, "Anon"],
        price: { eur: "12.50" },
        published: "1851-10-18",
        in_stock: "false",
        variants: [{ sku: "A-1" }, {}, { sku: "A-2" }],
        image: [1, 0.5],
      },
      plan
    )
    expect(values).toMatchObject({
      id: "a",
      f1_title: "Moby-Dick",
      f2_authors: ["Melville", "Anon"],
      f3_price_eur: 12.5,
      f4_published: Date.parse("1851-10-18"),
      f5_in_stock: false,
      f6_variants_sku: ["A-1", "A-2"],
      v1: "[1,0.5]",
    })
  })

  it("leaves empty what a document lacks, whatever way it says so", () => {
    for (const document of [
      { id: "a" },
      { id: "a", title: null, authors: [], price: null, variants: [{}], embedding: null },
      {
        id: "a",
        title: undefined,
        authors: null,
        price: {},
        published: "some day",
        embedding: " ",
      },
    ]) {
      const { values, texts } = toDocumentRow(document, plan)
      expect(values).toMatchObject({
        f1_title: null,
        f2_authors: null,
        f3_price_eur: null,
        f4_published: null,
        f5_in_stock: null,
        f6_variants_sku: null,
        v0_hash: null,
        v1: null,
      })
      expect(texts).toEqual([])
    }
  })

  it("keeps the document as it came, for the hits to show", () => {
    const document = { id: "a", price: { eur: 5 }, nested: [{ deep: null }], title: "¿Qué?" }
    expect(toDocumentRow(document, plan).values.document).toEqual(document)
  })

  it("collects the searchable words by weight", () => {
    const { values, words, lengths } = toDocumentRow(
      { id: "a", title: "Jane Eyre", authors: ["Charlotte Brontë", "Anon"], description: "A life" },
      plan
    )
    expect(values).toMatchObject({
      text_a: "Jane Eyre",
      text_b: "Charlotte Brontë\nAnon",
      text_d: "A life",
    })
    expect(lengths).toEqual({ text_a: 2, text_b: 3, text_d: 2 })
    expect(words).toEqual([
      { language: "english", words: ["eyre", "jane"] },
      { language: "english", words: ["anon", "bronte", "charlotte"] },
      { language: "english", words: ["life"] },
    ])
  })

  it("queues the trimmed text under its hash", () => {
    const { values, texts } = toDocumentRow({ id: "a", embedding: " whale\n" }, plan)
    const content_hash = contentHash("whale")
    expect(texts).toEqual([{ model: "m@1", content_hash, content: "whale" }])
    expect(values.v0_hash).toBe(content_hash)
  })

  it("is as of the reading that the document bears, or of now", () => {
    const at = new Date("2020-01-01T00:00:00Z")
    const [document] = markReadingTime([{ id: "a" }], at)
    expect(toDocumentRow(document, plan).values.read_at).toBe(at.toISOString())
    const before = Date.now()
    const { read_at } = toDocumentRow({ id: "a" }, plan).values
    expect(Date.parse(read_at as string)).toBeGreaterThanOrEqual(before)
  })

  it.each([
    ["nul\0", "nul"],
    ["\\u0000", "\\u0000"],
    ["\\\0", "\\"],
    ["cut \ud83d", "cut \ufffd"],
    ["\udc00 cut", "\ufffd cut"],
    ["whole \ud83d\udc0b", "whole \ud83d\udc0b"],
  ])("makes %j storable", (title, stored) => {
    const { values } = toDocumentRow({ id: title, title, deep: [{ title }] } as never, plan)
    expect(values).toMatchObject({
      id: stored,
      f1_title: stored,
      text_a: stored,
      document: { title: stored, deep: [{ title: stored }] },
    })
  })

  it.each<[string, object, string]>([
    ["no id", {}, `A document lacks its primary key "id"`],
    ["an empty id", { id: "" }, `A document lacks its primary key "id"`],
    ["a vector to embed", { id: "a", embedding: [1] }, `"embedding" is embedded by the provider`],
    [
      "too short a vector",
      { id: "a", image: [1] },
      `vector field "image" has 1 components instead of 2`,
    ],
    ["a text as vector", { id: "a", image: "x" }, `has no components instead of 2`],
    ["holes in a vector", { id: "a", image: [1, null] }, `"image"`],
  ])("refuses %s", (_, document, message) => {
    expect(() => toDocumentRow(document as never, plan)).toThrow(message)
  })
})
