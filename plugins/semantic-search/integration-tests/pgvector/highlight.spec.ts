import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import { highlightHits } from "../../src/providers/pgvector/highlight/highlight-hits"
import { StoreDatabase } from "../../src/providers/pgvector/database"
import { filled, find, keywordVersion, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
let provider: Provider
let index: ReturnType<typeof version>

const LONG =
  "It opens in Manchester, where a clerk counts the ships that come in. " +
  "Years later, far out at sea, an old captain tells of a whale that sank his ship; nobody believes him " +
  "until the whale comes back and every sailor on deck has seen it with his own eyes, the clerk among them."

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
  index = await filled(provider, version("highlights", 1), [
    { id: "eyre", title: "Jane Eyre", authors: ["Charlotte Brontë", "Currer Bell"] },
    { id: "moby", title: "Moby-Dick; or, The Whale", description: LONG, embedding: "whale ship" },
    { id: "tags", title: `<b>Whales</b> & "tails" <script>alert('whale')</script>` },
    { id: "obsession", title: "Obsessions", description: "She is obsessed." },
    { id: "hobbit", title: "The Hobbit", authors: ["J.R.R. Tolkien", "Alan Lee"] },
    { id: "sea", title: "Far Out", description: "An ocean.", embedding: "captain sailor harpoon" },
  ])
})
afterAll(() => database.close())

/** The highlights of the hits, by id. */
async function highlights(
  q: string,
  highlight: SearchTypes.SearchOptions["highlight"] = true,
  options: SearchTypes.SearchOptions = {}
) {
  const { hits } = await find(provider.service, index, {
    q,
    search_options: { highlight, vector: { query: q, semantic_ratio: 0 }, ...options },
  })
  return Object.fromEntries(hits.map((hit) => [hit.id, hit.highlights]))
}

describe("what is marked is what the search matched", () => {
  it("stems, and folds accents", async () => {
    expect(await highlights("obsession")).toEqual({
      obsession: {
        title: ["<mark>Obsessions</mark>"],
        description: ["She is <mark>obsessed</mark>."],
      },
    })
    expect(await highlights("bronte")).toEqual({
      eyre: { authors: ["Charlotte <mark>Brontë</mark>", "Currer Bell"] },
    })
  })

  it("takes what a misspelt word was corrected to", async () => {
    expect(await highlights("charlote brontee")).toEqual({
      eyre: { authors: ["<mark>Charlotte</mark> <mark>Brontë</mark>", "Currer Bell"] },
    })
  })

  it("takes the beginning of a word for the last one of a text that is being typed", async () => {
    expect(await highlights("jane ey", true, { match_strategy: "last" })).toEqual({
      eyre: { title: ["<mark>Jane</mark> <mark>Eyre</mark>"] },
    })
  })

  it("leaves stop words alone", async () => {
    expect((await highlights("the hobbit")).hobbit).toEqual({ title: ["The <mark>Hobbit</mark>"] })
  })

  it("reads initials as Postgres does: as one name", async () => {
    expect(await highlights("j tolkien")).toEqual({})
    expect((await highlights("tolkien j", true, { match_strategy: "last" })).hobbit).toEqual({
      authors: ["<mark>J.R.R</mark>. <mark>Tolkien</mark>", "Alan Lee"],
    })
  })

  it("leaves hits alone that were found by meaning and hold no word of the query", async () => {
    const { hits } = await find(provider.service, index, {
      q: "whale",
      search_options: { highlight: true },
    })
    const found = new Map(hits.map((hit) => [hit.id, hit]))
    expect(found.get("sea")).not.toHaveProperty("highlights")
    expect(found.get("moby")).toHaveProperty("highlights.title", [
      "Moby-Dick; or, The <mark>Whale</mark>",
    ])
  })

  it("marks nothing where words weren't searched for", async () => {
    const { hits } = await find(provider.service, index, {
      q: "whale",
      search_options: { highlight: true, vector: { query: "whale", semantic_ratio: 1 } },
    })
    expect(hits.length).toBeGreaterThan(0)
    hits.forEach((hit) => expect(hit).not.toHaveProperty("highlights"))
  })

  it("needs a text: without one it is passed over", async () => {
    const { hits } = await find(provider.service, index, {
      search_options: { highlight: { fields: [] } },
    })
    hits.forEach((hit) => expect(hit).not.toHaveProperty("highlights"))
  })
})

describe("how it is marked", () => {
  it("escapes what stands in the catalogue", async () => {
    expect((await highlights("whale", { fields: ["title"] })).tags).toEqual({
      title: [
        "&lt;b&gt;<mark>Whales</mark>&lt;/b&gt; &amp; &quot;tails&quot; &lt;script&gt;alert(&#39;whale&#39;)&lt;/script&gt;",
      ],
    })
  })

  it("takes the fields and the tags that are asked for", async () => {
    const asked = { fields: ["authors"], pre_tag: '<em class="hit">', post_tag: "</em>" }
    expect(await highlights("jane bronte", asked)).toEqual({
      eyre: { authors: [`Charlotte <em class="hit">Brontë</em>`, "Currer Bell"] },
    })
  })

  it("crops to the part with most words, and to the values of a list that match", async () => {
    const { moby } = await highlights("captain whale", {
      fields: ["description", "title"],
      snippet: { length: 8 },
    })
    expect(moby).toEqual({
      description: ["…old <mark>captain</mark> tells of a <mark>whale</mark> that sank…"],
      title: ["Moby-Dick; or, The <mark>Whale</mark>"],
    })
    expect((await highlights("bell", { fields: ["authors"], snippet: true })).eyre).toEqual({
      authors: ["Currer <mark>Bell</mark>"],
    })
  })
})

it("marks in every hit of a search by words at least one word, whatever is in the books", async () => {
  const word = fc.constantFrom(
    "whale",
    "Wälder",
    "O'Brien",
    "U.S.A.",
    "well-read",
    "naïve",
    "don’t",
    "K2",
    "straße",
    "a/b",
    "x@y.org",
    "<i>red</i>",
    "3.14"
  )
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "))
  const books = fc.sample(text, { numRuns: 60, seed: 7 })
  const many = await filled(
    provider,
    keywordVersion("arbitrary", 1),
    books.map((title, i) => ({ id: `book_${i}`, title }))
  )
  for (const q of ["whale", "walder", "o'brien", "read", "naive", "k2", "STRASSE", "red", "usa"]) {
    const { hits } = await find(provider.service, many, {
      q,
      search_options: { highlight: true, typo_tolerance: false },
    })
    hits.forEach(({ highlights }) => expect(highlights?.title[0]).toContain("<mark>"))
  }
})

it("asks Postgres once for a page, and not at all for words that it knows", async () => {
  let queries = 0
  const counting = new StoreDatabase({
    getKnex: () => ({
      raw: (...args: [string, never]) => {
        queries++
        return database.knex.raw(...args)
      },
      transaction: () => Promise.reject(new Error("needs no transaction")),
    }),
  } as never)
  const input = {
    documents: [{ title: "A whale" }, { title: "The whales" }],
    request: { fields: [{ path: "title" }], tags: { pre: "[", post: "]" } } as never,
    query: { text: "whale", strategy: "all" as const, corrections: new Map() },
    database: counting,
    languages: ["english"],
    language: "english",
  }
  const expected = [{ title: ["A [whale]"] }, { title: ["The [whales]"] }]
  expect(await highlightHits(input)).toEqual(expected)
  expect(await highlightHits(input)).toEqual(expected)
  expect(queries).toBe(1)
})
