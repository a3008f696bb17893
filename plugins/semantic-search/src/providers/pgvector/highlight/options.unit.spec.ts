import { search } from "@medusajs/framework/utils"
import { buildPlan } from "../plan"
import { readHighlight } from "./options"

const FIELDS = search
  .define({
    id: search.keyword(),
    title: search.text().searchable(),
    author: search.object({ name: search.text().searchable() }),
    notes: search.text().searchable().retrievable(false),
    sku: search.keyword().filterable(),
  } as never)
  .toFields()
const PLAN = buildPlan({ name: "book", primary_key: "id", settings: {}, fields: FIELDS } as never, {
  language: "english",
  model: "m@1",
  dimensions: 2,
})

const read = (option: unknown, searched?: string[]) => readHighlight(option, PLAN, FIELDS, searched)
const paths = (option: unknown, searched?: string[]) =>
  read(option, searched)?.fields.map(({ path }) => path)

describe("readHighlight", () => {
  it.each([undefined, null, false])("reads %j as nothing to do", (option) => {
    expect(read(option)).toBeUndefined()
  })

  it("marks, for true, every field that is searched and shown", () => {
    expect(paths(true)).toEqual(["title", "author.name"])
    expect(paths(true, ["title", "notes"])).toEqual(["title"])
    expect(paths(true, [])).toEqual(["title", "author.name"])
  })

  it("marks no field that isn't searched, though it is asked for", () => {
    expect(paths({ fields: ["title", "author.name", "title"] })).toEqual(["title", "author.name"])
    expect(paths({ fields: ["title", "author.name"] }, ["title"])).toEqual(["title"])
  })

  it.each([
    [undefined, undefined],
    [false, undefined],
    [true, 30],
    [{ length: 5 }, 5],
  ])("reads the snippet %j as %j words", (snippet, words) => {
    expect(read({ fields: ["title"], snippet })?.snippet).toBe(words)
  })

  it.each([
    ["yes", "search_options.highlight takes"],
    [["title"], "search_options.highlight takes"],
    [{}, "search_options.highlight.fields takes"],
    [{ fields: [] }, "search_options.highlight.fields takes"],
    [{ fields: "title" }, "search_options.highlight.fields takes"],
    [{ fields: ["nope"] }, `names "nope"`],
    [{ fields: [7] }, `names "7"`],
    [{ fields: ["sku"] }, `names "sku", which isn't a searchable field`],
    [{ fields: ["notes"] }, `there are: title, author.name`],
    [{ fields: ["title"], snippet: { length: 0 } }, "search_options.highlight.snippet"],
    [{ fields: ["title"], snippet: { length: 1.5 } }, "search_options.highlight.snippet"],
    [{ fields: ["title"], snippet: {} }, "search_options.highlight.snippet"],
    [{ fields: ["title"], snippet: 5 }, "search_options.highlight.snippet"],
    [{ fields: ["title"], pre_tag: "<script>" }, "search_options.highlight.pre_tag"],
  ])("refuses %j", (option, message) => {
    expect(() => read(option)).toThrow(message)
  })
})
