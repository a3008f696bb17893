import type { SearchTypes } from "@medusajs/framework/types"
import { search } from "@medusajs/framework/utils"
import { type Book, filled, findIds, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { DIMENSIONS } from "./scripted-embedder"
import { until } from "./until"

const suggested = (kind: string) => ({ pgvector: { suggest: { kind } } })
const FIELDS = search
  .define({
    id: search.keyword(),
    title: search.text().searchable({ weight: 3 }).filterable().providerOptions(suggested("title")),
    authors: search
      .text()
      .array()
      .searchable({ weight: 3 })
      .filterable()
      .providerOptions(suggested("author")),
    tags: search.keyword().array().searchable().filterable().providerOptions(suggested("tag")),
    description: search.text().searchable(),
    embedding: search.vector(DIMENSIONS).embed(),
  } as never)
  .toFields()

const night = "The night, a night like no other night: all night long."
const BOOKS: Book[] = [
  { id: "night", title: "Night", description: "A boy and his father." },
  { id: "circus", title: "Night Night", description: night, embedding: "whale" },
  { id: "what", title: "What If?", description: "Serious answers to absurd questions." },
  { id: "fang", title: "White Fang", authors: ["Jack London"], tags: ["night"] },
  { id: "ripper", title: "London, Jack", description: "Jack of London, London's Jack." },
  { id: "elodie", title: "Contes", authors: ["Élodie d’Aubigné"] },
]

let database: TestDatabase
let provider: Provider
let index: SearchTypes.ResolvedSearchIndexDefinition

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
  index = await filled(provider, version("named", 1, FIELDS), BOOKS)
  await until("the names are known", async () => {
    const rows = await database.rows(`SELECT 1 FROM semantic_search_phrase_named_v1`)
    return rows.length > BOOKS.length
  })
})
afterAll(() => database.close())

const first = async (q: string, options: SearchTypes.SearchOptions = {}) =>
  (await findIds(provider.service, index, { q, search_options: options }))[0]

describe("a document whose name is the whole query comes first", () => {
  it.each([
    ["night", "night"],
    ["NIGHT!", "night"],
    ["jack london", "fang"],
    ["elodie d'aubigne", "elodie"],
    ["what if", "what"],
  ])("%j", async (q, id) => {
    expect(await first(q)).toBe(id)
    expect(await first(q, { vector: { query: q, semantic_ratio: 0 } })).toBe(id)
    expect(await first(q, { match_strategy: "all" })).toBe(id)
    expect(await first(q, { match_strategy: "last" })).toBe(id)
  })

  it("but not for a name of a field that isn't searched, nor for a tag", async () => {
    expect(await first("jack london", { attributes_to_search_on: ["title"] })).toBe("ripper")
    expect(await findIds(provider.service, index, { q: "night" })).toEqual(
      expect.arrayContaining(["night", "circus", "fang"])
    )
    expect((await findIds(provider.service, index, { q: "night" })).indexOf("fang")).toBe(2)
  })

  it("where it passes the filters", async () => {
    const filters = { title: { $ne: "Night" } }
    expect(await findIds(provider.service, index, { q: "night", filters })).toEqual([
      "circus",
      "fang",
    ])
  })
})
