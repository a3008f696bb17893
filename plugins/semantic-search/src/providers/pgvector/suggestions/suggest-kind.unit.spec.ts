import { search } from "@medusajs/framework/utils"
import { buildPlan } from "../plan"

const suggest = (option: unknown) => ({ pgvector: { suggest: option } }) as never

function kinds(fields: Record<string, unknown>) {
  const plan = buildPlan(
    {
      name: "product",
      primary_key: "id",
      settings: {},
      fields: search.define({ id: search.keyword(), ...fields } as never).toFields(),
    } as never,
    { language: "english", model: "m@1", dimensions: 2 }
  )
  return plan.fields.flatMap((field) => ("suggest" in field ? [[field.path, field.suggest]] : []))
}

describe("the option suggest", () => {
  it("names the kind, or leaves that to the field's name", () => {
    expect(
      kinds({
        title: search.text().sortable().providerOptions(suggest(true)),
        authors: search
          .text()
          .array()
          .filterable()
          .providerOptions(suggest({ kind: "author" })),
        book: search.object({ series: search.text().facetable().providerOptions(suggest(true)) }),
        tags: search.keyword().array().filterable().providerOptions(suggest(false)),
        handle: search.keyword().filterable(),
      })
    ).toEqual([
      ["title", "title"],
      ["authors", "author"],
      ["book.series", "series"],
    ])
  })

  it.each([
    null,
    1,
    "yes",
    {},
    { kind: "" },
    { kind: "Author" },
    { kind: "a b" },
    { kind: "query" },
  ])("refuses %j, by the field's name", (option) => {
    const title = search.text().sortable().providerOptions(suggest(option))
    expect(() => kinds({ title })).toThrow(`Field "title" of search index "product" has a wrong`)
  })

  it("needs a text with a column", () => {
    const text = search.text().searchable().providerOptions(suggest(true))
    const number = search.integer().filterable().providerOptions(suggest(true))
    expect(() => kinds({ text })).toThrow(`"text" of search index "product" can't be suggested`)
    expect(() => kinds({ number })).toThrow(`"number" of search index "product" can't be suggested`)
  })

  it("needs a kind that no other field has", () => {
    const field = () =>
      search
        .keyword()
        .filterable()
        .providerOptions(suggest({ kind: "x" }))
    expect(() => kinds({ a: field(), b: field() })).toThrow(`Field "b" of search index "product"`)
  })
})
