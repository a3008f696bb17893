// Puts the registry in place in which a definition announces itself.
import "@medusajs/framework/modules-sdk"
import type { SearchTypes } from "@medusajs/framework/types"
import { search } from "@medusajs/framework/utils"
import { defineSemanticProductIndex } from "./semantic-product-index"

describe("the locales of defineSemanticProductIndex", () => {
  const fieldsOf = (locales?: string[]) =>
    defineSemanticProductIndex({ currencies: ["eur"], locales }).fields as Record<
      string,
      SearchTypes.SearchFieldDefinition
    >

  it("have the originals' weights and their own language's stemming", () => {
    const fields = fieldsOf(["de-DE", "pl-PL"])
    const { de_de, pl_pl } = fields.translations.fields!
    for (const [name, field] of Object.entries(de_de.fields!)) {
      expect([name, field.type, field.searchable]).toEqual([name, "text", fields[name].searchable])
      expect(field.array).toBe(fields[name].array)
      expect(field.provider_options).toEqual({ pgvector: { locale: "de-DE" } })
    }
    expect(Object.keys(de_de.fields!)).toEqual([
      "title",
      "subtitle",
      "description",
      "collection",
      "type",
      "tags",
      "categories",
    ])
    // Postgres has no stemming of it.
    expect(pl_pl.fields!.title.provider_options).toBeUndefined()
  })

  it("are none unless said", () => {
    expect(fieldsOf()).not.toHaveProperty("translations")
    expect(fieldsOf([])).not.toHaveProperty("translations")
  })
})

describe("the options of defineSemanticProductIndex", () => {
  const extended = (name: string) => ({
    currencies: ["eur"],
    extension: { fields: { [name]: search.text() }, graph_fields: [], document: () => ({}) },
  })

  it.each<[string, unknown, string]>([
    ["nothing", undefined, `"currencies" takes a list`],
    ["no currencies", {}, `"currencies" takes a list`],
    ["a currency that isn't in a list", { currencies: "eur" }, `"currencies" takes a list`],
    ["what can't name a field", { currencies: ["eur", "a.b"] }, `"currencies" names "a.b"`],
    ["a region that can't name a field", { currencies: [], regions: { é: "x" } }, `names "é"`],
    ["a field that hides drafts", extended("status"), `"extension.fields" names "status"`],
    ["a field that hides channels", extended("sales_channel_ids"), `names "sales_channel_ids"`],
    ["another text to embed", extended("embedding"), `names "embedding"`],
  ])("can't be %s", (_, options, message) => {
    const refusal = { type: "invalid_data", message: expect.stringContaining(message) }
    expect(() => defineSemanticProductIndex(options as never)).toThrow(
      expect.objectContaining(refusal)
    )
  })

  it("may say more of a field that products have", () => {
    const { fields } = defineSemanticProductIndex(extended("subtitle"))
    expect(fields).toMatchObject({ subtitle: { type: "text" } })
  })
})

describe("the model of defineSemanticProductIndex", () => {
  it.each([
    [undefined, "Xenova/all-MiniLM-L6-v2@q8-256", 384],
    ["Xenova/paraphrase-MiniLM-L3-v2", "Xenova/paraphrase-MiniLM-L3-v2@fp32-128", 384],
    ["Xenova/multilingual-e5-small", "Xenova/multilingual-e5-small@q8-512", 384],
    [{ id: "nomic-embed-text@2000c", dimensions: 768 }, "nomic-embed-text@2000c", 768],
  ])("%j stands in the definition with its dimensions", (model, id, dimensions) => {
    const { settings, fields } = defineSemanticProductIndex({ currencies: ["eur"], model })
    expect(settings?.provider_options?.pgvector).toEqual({ model: id })
    expect(fields).toMatchObject({ embedding: { dimensions, embed: expect.anything() } })
  })

  it("is refused where its dimensions aren't known", () => {
    expect(() => defineSemanticProductIndex({ currencies: ["eur"], model: "bert" })).toThrow(
      /"model" names "bert", .*: give its id and dimensions/
    )
  })
})

describe("the vector_precision of defineSemanticProductIndex", () => {
  const vectorField = (vector_precision?: "single" | "half") =>
    defineSemanticProductIndex({ currencies: ["eur"], vector_precision }).fields.embedding

  it("stands in the definition of the vector field, where it is half", () => {
    expect(vectorField("half")).toEqual({
      ...(vectorField() as object),
      provider_options: { pgvector: { precision: "half" } },
    })
  })

  it("changes nothing of the definition where it is what it would be anyway", () => {
    expect(vectorField("single")).toEqual(vectorField())
    expect(vectorField()).not.toHaveProperty("provider_options")
  })
})
