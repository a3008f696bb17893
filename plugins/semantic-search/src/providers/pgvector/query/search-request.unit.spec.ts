import type { SearchTypes } from "@medusajs/framework/types"
import type { IndexPlan } from "../plan"
import { readRequest } from "./search-request"

const vector = {
  path: "embedding",
  column: "v0",
  dimensions: 2,
  embedded: { hash_column: "v0_hash", model: "m@1" },
}
const title = { path: "title", kind: "text", array: false, date: false, weight: "A" } as const
const plan: IndexPlan = {
  format: 2,
  primary_key: "id",
  language: "english",
  fields: [title],
  vectors: [vector],
  typo_tolerance: { one: 4, two: 8 },
}
const withoutVectors: IndexPlan = { ...plan, vectors: [] }
const withoutWords: IndexPlan = { ...plan, fields: [{ ...title, weight: undefined }] }

function read(
  q: unknown,
  search_options: SearchTypes.SearchOptions = {},
  { plan: of = plan, ...rest }: { plan?: IndexPlan; pagination?: object } = {}
) {
  const input = {
    index: { name: "product" },
    attributes_to_retrieve: [],
    q,
    search_options,
    ...rest,
  }
  return readRequest(input as never, of, { maxQueryLength: 20 })
}

describe("readRequest", () => {
  it.each<[string, unknown, SearchTypes.SearchOptions, string]>([
    ["free text", "whale", {}, "hybrid"],
    ["no text", undefined, {}, "filter"],
    ["null", null, {}, "filter"],
    ["blanks", " \t\n ", {}, "filter"],
    ["a typeahead", "wha", { match_strategy: "last" }, "keyword"],
    ["punctuation", "?! ... *", {}, "keyword"],
    ["an emoji", "🐳", {}, "hybrid"],
    [
      "ratio 0",
      "whale",
      { vector: { field: "embedding", query: "whale", semantic_ratio: 0 } },
      "keyword",
    ],
    [
      "ratio 1",
      "whale",
      { vector: { field: "embedding", query: "whale", semantic_ratio: 1 } },
      "semantic",
    ],
    [
      "a vector beside a text",
      "whale",
      { vector: { field: "embedding", value: [1, 0] } },
      "hybrid",
    ],
    ["a vector alone", undefined, { vector: { field: "embedding", value: [1, 0] } }, "semantic"],
    [
      "ratio 0 without text",
      "",
      { vector: { field: "embedding", query: "x", semantic_ratio: 0 } },
      "filter",
    ],
  ])("answers %s accordingly", (_, q, options, mode) => {
    expect(read(q, options).mode).toBe(mode)
  })

  it("stays with words on an index without vectors, and with meaning on one without words", () => {
    expect(read("whale", {}, { plan: withoutVectors })).toMatchObject({ mode: "keyword", ratio: 0 })
    expect(read("whale", {}, { plan: withoutWords })).toMatchObject({ mode: "semantic" })
    expect(() => read("wha", { match_strategy: "last" }, { plan: withoutWords })).toThrow(
      `Search index "product" has no searchable field`
    )
  })

  it("fills in the defaults", () => {
    expect(read(" whale ")).toEqual({
      mode: "hybrid",
      text: "whale",
      strategy: "most",
      typos: plan.typo_tolerance,
      languages: ["english"],
      vector,
      meaning: { text: "whale" },
      ratio: 0.5,
      skip: 0,
      take: 20,
    })
  })

  it("corrects typos unless a word is still being typed, or the caller says so", () => {
    expect(read("whale", { match_strategy: "last" }).typos).toBeUndefined()
    expect(read("whale", { match_strategy: "last", typo_tolerance: true }).typos).toEqual(
      plan.typo_tolerance
    )
    expect(read("whale", { typo_tolerance: false }).typos).toBeUndefined()
    const untolerant = { ...plan, typo_tolerance: undefined }
    expect(read("whale", { typo_tolerance: true }, { plan: untolerant }).typos).toBeUndefined()
  })

  it("embeds another text than it looks for, where that is asked", () => {
    const request = read("whale", {
      vector: { field: "embedding", query: "the sea", semantic_ratio: 0.8 },
    })
    expect(request).toMatchObject({ text: "whale", meaning: { text: "the sea" }, ratio: 0.8 })
  })

  it.each<[unknown, string]>([
    [7, `"q" takes a text`],
    [{}, `"q" takes a text`],
    ["x".repeat(21), `"q" has 21 characters; the most is 20`],
    ["a\u0007b", `"q" holds control characters; remove them`],
    ["a\u007fb", `"q" holds control characters`],
  ])("refuses the query %j", (q, message) => {
    expect(() => read(q)).toThrow(message)
  })

  it.each([
    [{ skip: -1 }, "pagination.skip takes a whole number from 0 up"],
    [{ take: 0.5 }, "pagination.take takes a whole number from 0 up"],
    [{ take: Number.NaN }, "pagination.take"],
    [{ skip: 2 ** 53 }, "pagination.skip"],
  ])("refuses the pagination %j", (pagination, message) => {
    expect(() => read("whale", {}, { pagination })).toThrow(message)
  })

  it.each([
    [{ min_score: Number.NaN }, "search_options.min_score takes a number"],
    [{ locales: ["tlh"] }, `search_options.locales names the locale "tlh"`],
    [{ attributes_to_search_on: ["year"] }, `attributes_to_search_on names "year"`],
    [{ vector: { field: "other", query: "x" } }, `search_options.vector.field names "other"`],
    [{ vector: { field: "embedding", query: " " } }, "search_options.vector.query is empty"],
    [{ vector: { field: "embedding", query: "x".repeat(21) } }, "search_options.vector.query"],
    [
      { vector: { field: "embedding", value: [1, 0, 0] } },
      "vector.value has 3 components instead of 2",
    ],
    [{ vector: { field: "embedding", value: [0, 0] } }, "vector.value is zero throughout"],
    [{ vector: { field: "embedding", value: [1e39, 0] } }, "no finite number of single precision"],
  ])("refuses the options %j", (options, message) => {
    expect(() => read("whale", options as never)).toThrow(message)
  })

  it("takes options that are switched off as unset", () => {
    const off = { locales: [], attributes_to_search_on: [], distinct: undefined }
    expect(read("whale", off).mode).toBe("hybrid")
  })
})
