import type { SearchTypes } from "@medusajs/framework/types"
import { filled, find, findIds, keywordVersion } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
let provider: Provider
let index: ReturnType<typeof keywordVersion>

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
  index = await filled(provider, keywordVersion("words", 1), [
    { id: "eyre", title: "Jane Eyre", authors: ["Charlotte Brontë"], description: "A governess." },
    { id: "heights", title: "Wuthering Heights", authors: ["Emily Brontë"] },
    { id: "hobbit", title: "The Hobbit", authors: ["J. R. R. Tolkien"] },
    {
      id: "germinal",
      title: "Germinal",
      authors: ["Émile Zola"],
      description: "Miners on strike.",
    },
    { id: "theory", title: "A Theory of Justice", authors: ["John Rawls"] },
    { id: "guide", title: "The Hitchhiker's Guide to the Galaxy", authors: ["Douglas Adams"] },
    {
      id: "mysteries",
      title: "Mysteries",
      authors: ["Knut Hamsun"],
      description: "Jane comes. Jane stays. Jane goes.",
    },
    { id: "mines", title: "Miners" },
    { id: "etranger", title: "L’Étranger" },
    { id: "strasse", title: "Berlin, Straße", authors: ["Größe"] },
  ])
})
afterAll(() => database.close())

function search(q: string, search_options: SearchTypes.SearchOptions = {}): Promise<string[]> {
  return findIds(provider.service, index, { q, search_options })
}

describe("accents", () => {
  it.each([
    ["bronte", ["eyre", "heights"]],
    ["BRONTË", ["eyre", "heights"]],
    ["Bronte\u0308", ["eyre", "heights"]],
    ["emile zola", ["germinal"]],
    ["Émile", ["germinal"]],
    ["strasse", ["strasse"]],
    ["große", ["strasse"]],
  ])("don't matter: %s", async (q, ids) => {
    expect((await search(q)).sort()).toEqual(ids)
    expect(await search(q, { match_strategy: "last" })).toEqual(expect.arrayContaining(ids))
  })
})

describe("misspelt words", () => {
  it.each([
    ["tolkein", "hobbit"],
    ["tolkin", "hobbit"],
    ["wutherng hieghts", "heights"],
    ["hitchiker", "guide"],
    ["the hitchiker's guide", "guide"],
    ["etranjer", "etranger"],
    ["brontee heights", "heights"],
    ["Émiel Zola", "germinal"],
  ])("%s still find the book", async (q, id) => {
    expect(await search(q)).toEqual([id])
  })

  it("are told, with what was searched for instead", async () => {
    const { provider_metadata } = await find(provider.service, index, { q: "tolkein" })
    expect(provider_metadata).toEqual({ mode: "keyword", corrections: { tolkein: ["tolkien"] } })
  })

  it("stay as they are where the caller wants no tolerance, and while a word is being typed", async () => {
    expect(await search("tolkein", { typo_tolerance: false })).toEqual([])
    expect(await search("tolkein", { match_strategy: "last" })).toEqual([])
    expect(await search("tolkein", { match_strategy: "last", typo_tolerance: true })).toEqual([
      "hobbit",
    ])
  })

  it("are only such as occur nowhere: a word that a book holds is never bent", async () => {
    const { provider_metadata } = await find(provider.service, index, { q: "jane" })
    expect(provider_metadata).toEqual({ mode: "keyword" })
  })

  it("aren't far-fetched: three letters, or three slips, find nothing", async () => {
    expect(await search("jan")).toEqual([])
    expect(await search("tlkn")).toEqual([])
  })
})

describe("match strategies", () => {
  it("all: each word must occur, stop words aside", async () => {
    const match_strategy = "all"
    expect(await search("the guide to the galaxy", { match_strategy })).toEqual(["guide"])
    expect(await search("guide hobbit", { match_strategy })).toEqual([])
  })

  it("any: one word is enough", async () => {
    expect((await search("guide hobbit", { match_strategy: "any" })).sort()).toEqual([
      "guide",
      "hobbit",
    ])
  })

  it.each([
    ["hob", ["hobbit"]],
    ["jane ey", ["eyre"]],
    ["the", ["theory"]],
    ["mysterie", ["mysteries"]],
    ["hitchhiker's gui", ["guide"]],
    ["ey jane", []],
    ["emil", ["germinal", "heights"]],
  ])("last: the last word may be a beginning: %s", async (q, ids) => {
    expect((await search(q, { match_strategy: "last" })).sort()).toEqual(ids)
  })

  it.each([
    "'",
    "''''",
    "a'b",
    "d'artagnan:*",
    "!",
    "& |",
    "\\",
    ":*",
    "<->",
    "%",
    "()",
    "-",
    "x:A",
    "1",
    "…",
    "日本",
  ])("treats %s as text, in every strategy", async (q) => {
    for (const match_strategy of ["all", "any", "last"] as const) {
      await expect(search(q, { match_strategy })).resolves.toBeInstanceOf(Array)
    }
  })
})

describe("relevance", () => {
  it("has a title outweigh passing mentions", async () => {
    expect(await search("miners")).toEqual(["mines", "germinal"])
  })
})
