import { search } from "@medusajs/framework/utils"
import {
  type Book,
  filled,
  find,
  findIds,
  keywordVersion,
  type Query,
  version,
  write,
} from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

const BOOKS: Book[] = [
  {
    id: "moby",
    title: "Moby-Dick",
    description: "A whale and a captain.",
    authors: ["Melville"],
    genre: "sea",
    pages: 600,
  },
  {
    id: "whales",
    title: "Whales",
    description: "The captain of no ship.",
    authors: ["Jonah"],
    genre: "nature",
    pages: 200,
  },
  {
    id: "nemo",
    title: "Captain Nemo",
    description: "Under the sea.",
    authors: ["Verne"],
    genre: "sea",
    pages: 300,
  },
  {
    id: "calm",
    title: "Calm",
    description: "Nothing happens.",
    authors: ["Whale, Ann"],
    pages: 300,
  },
]

describe("attributes to search on", () => {
  it("narrow the words down to where they are looked for", async () => {
    const index = await filled(provider, version("attributes", 1), BOOKS)
    const on = (q: string, ...attributes_to_search_on: string[]) =>
      findIds(provider.service, index, { q, search_options: { attributes_to_search_on } })
    expect((await on("captain", "title")).sort()).toEqual(["nemo"])
    expect((await on("captain", "description")).sort()).toEqual(["moby", "whales"])
    expect((await on("whale", "authors")).sort()).toEqual(["calm"])
    expect((await on("whale", "title", "authors")).sort()).toEqual(["calm", "whales"])
  })
})

describe("codes", () => {
  const fields = search
    .define({
      id: search.keyword().filterable(),
      title: search.text().searchable({ weight: 3 }),
      code: search.keyword().searchable(),
    })
    .toFields()
  fields.code.provider_options = { pgvector: { code: true } }

  it("are found exactly before from their beginning before in part, hyphens or not", async () => {
    const index = await filled(provider, version("codes", 1, fields as never), [
      { id: "exact", title: "One", code: "BC-1010" },
      { id: "longer", title: "Two", code: "BC10105" },
      { id: "within", title: "Three", code: "XBC-1010" },
      { id: "isbn", title: "Four", code: "978-0-14-044913-6" },
      { id: "other", title: "BC 2020", code: "ZZ-9999" },
    ])
    const ids = (q: string) => findIds(provider.service, index, { q })
    for (const q of ["BC1010", "bc-1010", "bc 1010"]) {
      expect((await ids(q)).slice(0, 3)).toEqual(["exact", "longer", "within"])
    }
    expect(await ids("9780140449136")).toEqual(["isbn"])
    expect(await ids("978-0-14")).toEqual(["isbn"])
    expect(await ids("44913")).toEqual(["isbn"])
  })
})

describe("languages", () => {
  const fields = search
    .define({
      id: search.keyword().filterable(),
      title: search.text().searchable({ weight: 3 }),
      german: search.text().searchable({ weight: 3 }),
      french: search.text().searchable(),
    })
    .toFields()
  fields.german.provider_options = { pgvector: { locale: "de-DE" } }
  fields.french.provider_options = { pgvector: { locale: "fr" } }

  it("stem each translation and each query by their own rules", async () => {
    const index = version("languages", 1, fields as never)
    await filled(provider, index, [
      { id: "houses", title: "The houses", german: "Die Häuser", french: "Les chevaux" } as Book,
      { id: "runs", title: "He runs", german: "Er läuft", french: "Ils finissaient" } as Book,
      { id: "hard", title: "Die hard, whales" },
    ])
    const ids = (q: string, ...locales: string[]) =>
      findIds(provider.service, index, { q, search_options: { locales } })
    expect(await ids("house")).toEqual(["houses"])
    expect(await ids("Häusern", "de")).toEqual(["houses"])
    expect(await ids("haus", "de-AT")).toEqual(["houses"])
    expect(await ids("finissait", "fr-FR")).toEqual(["runs"])
    expect(await ids("finissait", "en")).toEqual([])
    // A language that no text of the index is in leaves the query to the index's own.
    expect(await ids("houses", "sv")).toEqual(["houses"])
    // What says nothing in the shopper's language isn't asked for in the index's.
    expect(await ids("die Häuser", "de")).toEqual(["houses"])
    const all: Query["search_options"] = { locales: ["de"], match_strategy: "all" }
    const allWords = { q: "die Häuser", search_options: all }
    expect(await findIds(provider.service, index, allWords)).toEqual(["houses"])
    expect(await ids("the houses", "de")).toEqual(["houses"])
    // Unless there is nothing else.
    expect(await ids("die", "de")).toEqual(["hard"])
    // A misspelt word is corrected in the language that it stands in.
    expect(await ids("whalez", "de")).toEqual(["hard"])
    // Names and what isn't translated are found in the index's own language as well.
    expect(await ids("running", "de")).toEqual(["runs"])
  })
})

describe("typo tolerance of an index", () => {
  it("follows the definition's settings", async () => {
    const settings = {
      typo_tolerance: {
        min_word_size_for_one_typo: 6,
        min_word_size_for_two_typos: 9,
        disabled_on_attributes: ["authors"],
      },
    }
    const index = await filled(provider, { ...keywordVersion("typos", 1), settings }, BOOKS)
    const ids = (q: string) => findIds(provider.service, index, { q })
    expect(await ids("whalez")).not.toEqual([])
    expect(await ids("whalz")).toEqual([])
    expect(await ids("melvile")).toEqual([])
    const off = {
      ...keywordVersion("untolerant", 1),
      settings: { typo_tolerance: { enabled: false } },
    }
    expect(
      await findIds(provider.service, await filled(provider, off, BOOKS), { q: "captian" })
    ).toEqual([])
  })

  it("can't name a field that isn't there", async () => {
    const settings = { typo_tolerance: { disabled_on_attributes: ["nope"] } }
    const index = { ...keywordVersion("wrong", 1), settings }
    await expect(provider.service.upsertIndex({ index })).rejects.toThrow(`names "nope"`)
  })
})

describe("distinct", () => {
  it("comes from the index unless the query names another field", async () => {
    const settings = { distinct_attribute: "genre" }
    const index = await filled(provider, { ...keywordVersion("distinct", 1), settings }, BOOKS)
    const all = (search_options: Query["search_options"]) =>
      find(provider.service, index, { search_options, pagination: { order: { pages: "ASC" } } })
    const { hits, metadata } = await all({})
    // A document without the value stands for itself.
    expect(hits.map(({ id }) => id)).toEqual(["whales", "calm", "nemo"])
    expect(metadata.count).toBe(3)
    expect((await all({ distinct: "pages" })).metadata.count).toBe(3)
  })
})

describe("a query of several words", () => {
  it("finds what holds the words that matter, and says it better where all stand", async () => {
    const index = keywordVersion("most", 1)
    await filled(provider, index, [
      ...Array.from({ length: 30 }, (_, i): Book => ({ id: `book${i}`, title: `Book ${i}` })),
      { id: "tolkien", title: "The Hobbit", authors: ["Tolkien"] },
      { id: "both", title: "The Book", authors: ["Tolkien"] },
    ])
    // Counts how many documents hold each word.
    await provider.worker.repair()
    const ids = (q: string) => findIds(provider.service, index, { q })
    expect(await ids("tolkien book")).toEqual(["both", "tolkien"])
    expect(await ids("which book by tolkien has an xylophone")).toEqual(["both", "tolkien"])
  })
})

describe("a cursor", () => {
  it("repeats nothing and skips nothing where documents come and go between the pages", async () => {
    const index = await filled(
      provider,
      keywordVersion("cursor", 1),
      Array.from({ length: 9 }, (_, i): Book => ({ id: `b${i}`, title: "Whale", pages: i % 3 }))
    )
    const page = (cursor?: string) =>
      find(provider.service, index, {
        q: "whale",
        pagination: { take: 4, order: { pages: "DESC" }, cursor },
      })
    const first = await page()
    expect(first.hits.map(({ id }) => id)).toEqual(["b2", "b5", "b8", "b1"])
    await provider.service.deleteDocuments({ index: index.physical_name, filters: { id: ["b2"] } })
    await write(provider.service, index, [{ id: "b0a", title: "Whale", pages: 9 }])
    const second = await page(first.metadata.next_cursor)
    expect(second.hits.map(({ id }) => id)).toEqual(["b4", "b7", "b0", "b3"])
    const third = await page(second.metadata.next_cursor)
    expect(third.hits.map(({ id }) => id)).toEqual(["b6"])
    expect(third.metadata.next_cursor).toBeUndefined()
  })

  it("may come with the query of a disjunctive facet, which has other filters and shows no hits", async () => {
    const index = await filled(
      provider,
      keywordVersion("cursor", 2),
      ["sea", "sea", "land"].map((genre, i): Book => ({ id: `b${i}`, title: "Whale", genre }))
    )
    const facets = [{ field: "genre" }]
    const first = await find(provider.service, index, {
      q: "whale",
      filters: { genre: "sea" },
      pagination: { take: 1 },
      search_options: { facets },
    })
    const disjunctive = await find(provider.service, index, {
      q: "whale",
      pagination: { take: 0, skip: 0, cursor: first.metadata.next_cursor },
      search_options: { facets, count: "none" },
    })
    expect(disjunctive.facets!.genre).toMatchObject({
      values: [
        { value: "sea", count: 2 },
        { value: "land", count: 1 },
      ],
    })
  })
})

describe("a reranker", () => {
  const shop = Array.from({ length: 12 }, (_, i): Book => ({
    id: `b${String(i).padStart(2, "0")}`,
    title: "Whale",
    pages: i,
  }))
  /** Prefers long books; looks at the first six hits only. */
  const longest = {
    id: "longest@1",
    window: 6,
    rerank: async (_: string, documents: Record<string, unknown>[]) =>
      documents.map(({ pages }) => Number(pages)),
  }

  it("orders the first hits anew, and shows each hit once, whatever the pages", async () => {
    const reranking = database.provider({ reranker: longest })
    const index = await filled(reranking, keywordVersion("reranked", 1), shop)
    const page = (skip: number, take: number) =>
      find(reranking.service, index, { q: "whale", pagination: { skip, take } })
    const { hits, metadata, provider_metadata } = await page(0, 4)
    expect(hits.map(({ id }) => id)).toEqual(["b05", "b04", "b03", "b02"])
    expect(metadata.count).toBe(12)
    expect(provider_metadata).toMatchObject({ reranked_by: "longest@1" })
    const ids = [...hits, ...(await page(4, 4)).hits, ...(await page(8, 4)).hits].map(
      ({ id }) => id
    )
    expect(ids.slice(4)).toEqual(["b01", "b00", "b06", "b07", "b08", "b09", "b10", "b11"])
    const byField = { q: "whale", pagination: { order: { pages: "ASC" as const }, take: 2 } }
    expect(await findIds(reranking.service, index, byField)).toEqual(["b00", "b01"])
    const worstFirst = { q: "whale", pagination: { order: { _score: "ASC" as const }, take: 2 } }
    expect(await findIds(reranking.service, index, worstFirst)).toEqual(["b00", "b01"])
  })

  it("that fails leaves the order as it was, and says why", async () => {
    const rerank = async () => Promise.reject(new Error("the model is away"))
    const failing = database.provider({ reranker: { ...longest, rerank } })
    const index = await filled(failing, keywordVersion("unranked", 1), shop)
    const { hits, provider_metadata } = await find(failing.service, index, { q: "whale" })
    expect(hits[0].id).toBe("b00")
    expect(provider_metadata).toMatchObject({ reranking_failed: "the model is away" })
  })
})
