import { type Book, filled, find, findIds, keywordVersion, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { until } from "./until"
import { bagOfWords, DIMENSIONS, MODEL_ID, SIMILARITY } from "./scripted-embedder"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

const BOOKS: Book[] = [
  { id: "moby", title: "Moby-Dick", embedding: "whale captain ship" },
  { id: "robot", title: "I, Robot", embedding: "robot android" },
  { id: "rebecca", title: "Rebecca", embedding: "love crime" },
]

/** The time budget that tests of a hanging embedder give it, in milliseconds. */
const SHORT_BUDGET = 50

describe("free text", () => {
  it("finds by meaning what shares no word with the query, and says that it did", async () => {
    const index = await filled(provider, version("meaning", 1), BOOKS)
    const result = await find(provider.service, index, { q: "ocean harpoon" })
    expect(result.hits.map(({ id }) => id)).toEqual(["moby"])
    expect(result.provider_metadata).toEqual({ mode: "hybrid", without_vector: 0 })
  })

  it("adds what is near in meaning to what holds the word", async () => {
    const index = await filled(provider, version("both", 1), BOOKS)
    const query = { q: "rebecca", search_options: { vector: { query: "automaton" } } }
    expect((await findIds(provider.service, index, query)).sort()).toEqual(["rebecca", "robot"])
  })

  it("goes by the caller's wish: words only, meaning only", async () => {
    const index = await filled(provider, version("ratio", 1), BOOKS)
    const search = (semantic_ratio: number) => {
      const vector = { query: "robot", semantic_ratio }
      return find(provider.service, index, { q: "rebecca", search_options: { vector } })
    }
    expect(await search(0)).toMatchObject({
      hits: [{ id: "rebecca" }],
      provider_metadata: { mode: "keyword" },
    })
    expect(await search(1)).toMatchObject({
      hits: [{ id: "robot" }],
      provider_metadata: { mode: "semantic" },
    })
  })

  it("takes a ready vector, which has no floor: the nearest come first", async () => {
    const index = await filled(provider, version("ready", 1), BOOKS)
    provider.scripted.calls.length = 0
    const search_options = { vector: { value: bagOfWords("love") } }
    const ids = await findIds(provider.service, index, { search_options, pagination: { take: 1 } })
    expect(ids).toEqual(["rebecca"])
    expect(provider.scripted.calls).toEqual([])
  })

  it("shows nothing unrelated: below the threshold there is no semantic hit", async () => {
    const index = await filled(provider, version("floor", 1), BOOKS)
    expect(await findIds(provider.service, index, { q: "dragon" })).toEqual([])
    const strict = database.provider({ semantic_threshold: 0.99 })
    expect(await findIds(strict.service, index, { q: "ocean crime" })).toEqual([])
  })

  it("asks the model once for the many queries of one request", async () => {
    const index = await filled(provider, version("once", 1), BOOKS)
    const fresh = database.provider()
    const input = {
      index,
      q: "harpoon",
      attributes_to_retrieve: ["id"],
      pagination: {},
      search_options: {},
    }
    const results = await fresh.service.searchMany(new Array(20).fill(input))
    expect(results.map(({ hits }) => hits[0].id)).toEqual(new Array(20).fill("moby"))
    expect(fresh.scripted.calls).toEqual(["harpoon"])
  })
})

describe("scores by meaning", () => {
  /** The scores of the hits of a search by meaning alone. */
  const scoresOf = async (index: ReturnType<typeof version>, text: string, order?: "title") => {
    const { hits } = await find(provider.service, index, {
      search_options: { vector: { query: text }, include_score: true },
      ...(order ? { pagination: { order: { [order]: "ASC" } } } : {}),
    })
    return Object.fromEntries(hits.map(({ id, score }) => [id, score]))
  }

  it("go from the least similarity that a hit can have to the ceiling, in every order", async () => {
    const index = await filled(provider, version("scores", 1), BOOKS)
    const [asked, moby] = ["ocean love", BOOKS[0].embedding!].map(bagOfWords)
    const cosine = asked.reduce((sum, component, i) => sum + component * moby[i], 0)
    const { floor, ceiling } = SIMILARITY
    const least = floor - (ceiling - floor) / 6
    const expected = expect.closeTo((cosine - least) / (ceiling - least), 2)
    expect(await scoresOf(index, "ocean love")).toMatchObject({ moby: expected })
    expect(await scoresOf(index, "ocean love", "title")).toMatchObject({ moby: expected })
    expect(await scoresOf(index, "ocean")).toEqual({ moby: expect.closeTo(1, 2) })
  })

  it("keep the nearest first above the ceiling, where scores are all but alike", async () => {
    const books = [
      { id: "a", title: "Near", embedding: "whale ship captain robot" },
      { id: "b", title: "Nearer", embedding: "whale ship captain" },
    ]
    const index = await filled(provider, version("above", 1), books)
    const value = bagOfWords("whale")
    const query = { search_options: { vector: { value }, include_score: true } }
    const { hits } = await find(provider.service, index, query)
    expect(hits.map(({ id }) => id)).toEqual(["b", "a"])
    for (const { score } of hits) expect(score).toBeCloseTo(1, 2)
  })

  it("count more beside many words than beside one, and most beside a sentence", async () => {
    const title = "Long Cold Dark Wet Night"
    const books = [...BOOKS, { id: "night", title, embedding: "garden" }]
    const index = await filled(provider, version("length", 1), books)
    const scoreBeside = async (q: string) => {
      const search_options = { vector: { query: "automaton" }, include_score: true }
      const { hits } = await find(provider.service, index, { q, search_options })
      return hits.find(({ id }) => id === "robot")!.score
    }
    expect(await scoreBeside("night")).toBeCloseTo(1 / 5)
    expect(await scoreBeside("wet night")).toBeCloseTo(1 / 4.5)
    expect(await scoreBeside("the wet and the cold night")).toBeCloseTo(1 / 3.5)
    expect(await scoreBeside(title)).toBeCloseTo(1 / 2)
    expect(await scoreBeside(`${title} xyzzy`)).toBeCloseTo(1 / 2)
    expect(await scoreBeside("why is it so cold at night")).toBeCloseTo(2 / 3)
  })
})

describe("the model isn't asked", () => {
  it.each([
    [
      "match_strategy last, as typeaheads send",
      { q: "mob", search_options: { match_strategy: "last" } },
    ],
    [
      "semantic_ratio 0",
      { q: "moby", search_options: { vector: { query: "moby", semantic_ratio: 0 } } },
    ],
    ["filters alone", { filters: { id: "moby" } }],
    ["an empty query", { q: "  " }],
  ] as const)("for %s", async (_, query) => {
    const index = await filled(provider, version("unasked", 1), BOOKS)
    provider.scripted.calls.length = 0
    expect(await findIds(provider.service, index, query as never)).toContain("moby")
    expect(provider.scripted.calls).toEqual([])
  })

  it("by an index without vectors, neither when it is written nor when it is searched", async () => {
    const fresh = database.provider()
    const index = keywordVersion("plain", 1)
    await filled(fresh, index, BOOKS)
    const result = await find(fresh.service, index, { q: "moby" })
    expect(result).toMatchObject({
      hits: [{ id: "moby" }],
      provider_metadata: { mode: "keyword" },
    })
    expect(fresh.scripted.calls).toEqual([])
  })
})

describe("a model that can't be had", () => {
  it("leaves the search to words, and says why, when it fails", async () => {
    const index = await filled(provider, version("failing", 1), BOOKS)
    const broken = database.provider()
    broken.scripted.behaviour = "fail"
    expect(await find(broken.service, index, { q: "moby" })).toMatchObject({
      hits: [{ id: "moby" }],
      metadata: { count: 1 },
      provider_metadata: {
        mode: "keyword",
        degraded: "The embedder function failed: the model server is down",
      },
    })
    broken.scripted.behaviour = "answer"
    expect(await find(broken.service, index, { q: "moby" })).toMatchObject({
      provider_metadata: { mode: "hybrid" },
    })
  })

  it("isn't waited for longer than the time budget; what comes late serves the next search", async () => {
    const index = await filled(provider, version("hanging", 1), BOOKS)
    const slow = database.provider({ embedding_timeout_ms: SHORT_BUDGET })
    slow.scripted.behaviour = "hang"
    expect(await find(slow.service, index, { q: "ocean" })).toMatchObject({
      hits: [],
      provider_metadata: { mode: "keyword", degraded: `No embedding within ${SHORT_BUDGET} ms` },
    })
    slow.scripted.release()
    expect(await findIds(slow.service, index, { q: "ocean" })).toEqual(["moby"])
    expect(slow.scripted.calls).toEqual(["ocean"])
  })

  it("holds no connection of the store's pool while it is waited for", async () => {
    const index = await filled(provider, version("pool", 1), BOOKS)
    const slow = database.provider({ embedding_timeout_ms: 60_000 })
    slow.scripted.behaviour = "hang"
    const searches = Array.from({ length: 30 }, (_, i) =>
      find(slow.service, index, { q: `ocean ${i}` })
    )
    try {
      await until("all wait", () => slow.scripted.calls.length === searches.length)
      await until("no connection is in use", () => database.knex.client.pool.numUsed() === 0)
    } finally {
      slow.scripted.release()
    }
    await Promise.all(searches)
  })

  it("finds nothing, rather than everything, for a query by meaning alone", async () => {
    const index = await filled(provider, version("alone", 1), BOOKS)
    const broken = database.provider()
    broken.scripted.behaviour = "fail"
    const search_options = { vector: { query: "ocean" } }
    expect(await find(broken.service, index, { search_options })).toMatchObject({
      hits: [],
      metadata: { count: 0 },
      provider_metadata: { mode: "semantic", degraded: expect.stringContaining("is down") },
    })
  })

  it("is no reason to fail when it answers nonsense", async () => {
    const index = await filled(provider, version("nonsense", 1), BOOKS)
    const all = (component: number) => new Array(DIMENSIONS).fill(component)
    for (const vector of [all(Number.NaN), all(0), all(1e39), [1, 2], undefined]) {
      const embedder = {
        type: "function",
        id: MODEL_ID,
        dimensions: DIMENSIONS,
        similarity: SIMILARITY,
        embed: async () => vector,
      }
      const odd = database.provider({ embedder })
      expect(await find(odd.service, index, { q: "moby" })).toMatchObject({
        hits: [{ id: "moby" }],
        provider_metadata: {
          mode: "keyword",
          degraded: expect.stringContaining("function's vector"),
        },
      })
    }
  })

  it("is another one than the index was built with: words only, and the remedy", async () => {
    const index = await filled(provider, version("model", 1), BOOKS)
    const other = database.provider({ embedder: { ...provider.scripted.options(), id: "other@2" } })
    expect(await find(other.service, index, { q: "moby" })).toMatchObject({
      hits: [{ id: "moby" }],
      provider_metadata: { mode: "keyword", degraded: expect.stringContaining("db:migrate") },
    })
  })
})

describe("an edited text", () => {
  it("isn't found by its old meaning any more, and by its new one as soon as it is embedded", async () => {
    const index = await filled(provider, version("edited", 1), BOOKS)
    await write(provider.service, index, [
      { id: "moby", title: "Moby-Dick", embedding: "garden rose" },
    ])
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual([])
    expect(await findIds(provider.service, index, { q: "moby" })).toEqual(["moby"])
    await provider.embedAll()
    expect(await findIds(provider.service, index, { q: "orchard" })).toEqual(["moby"])
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual([])
  })

  it("keeps its vector when another field changes", async () => {
    const index = await filled(provider, version("kept", 1), BOOKS)
    provider.scripted.calls.length = 0
    await write(provider.service, index, [{ ...BOOKS[0], title: "The Whale" }])
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual(["moby"])
    await provider.embedAll()
    expect(provider.scripted.calls).not.toContain(BOOKS[0].embedding)
  })

  it("that is emptied is found by words only", async () => {
    const index = await filled(provider, version("emptied", 1), BOOKS)
    await write(provider.service, index, [{ id: "moby", title: "Moby-Dick", embedding: "  " }])
    await provider.embedAll()
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual([])
    expect(await findIds(provider.service, index, { q: "moby" })).toEqual(["moby"])
  })

  it("whose former text comes back has its former vector at once", async () => {
    const index = await filled(provider, version("back", 1), BOOKS)
    await write(provider.service, index, [{ id: "moby", embedding: "garden" }])
    await provider.embedAll()
    await write(provider.service, index, [BOOKS[0]])
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual(["moby"])
  })
})

describe("vectors of the store's own", () => {
  it("are searched by their nearness, and never embedded; one that can't be compared is no hit", async () => {
    const fields = { id: { type: "keyword" }, image: { type: "vector", dimensions: 2 } } as const
    const index = version("images", 1, fields as never)
    await provider.service.upsertIndex({ index })
    provider.scripted.calls.length = 0
    const documents = [
      { id: "east", image: [1, 0] },
      { id: "north", image: [0, 2] },
      { id: "none" },
      { id: "huge", image: [3e38, 3e38] },
    ]
    await write(provider.service, index, documents as never)
    const near = (value: number[]) => {
      const search_options = { vector: { field: "image", value }, include_score: true }
      return find(provider.service, index, { search_options })
    }
    expect((await near([0.1, 1])).hits.slice(0, 1)).toMatchObject([{ id: "north" }])
    expect((await near([3e38, 3e38])).hits.map(({ id }) => id)).not.toContain("huge")
    expect((await near([1, 0])).hits.map(({ id }) => id)).not.toContain("none")
    expect(provider.scripted.calls).toEqual([])
  })
})
