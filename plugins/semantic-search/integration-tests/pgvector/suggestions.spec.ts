import type { SearchTypes } from "@medusajs/framework/types"
import { search } from "@medusajs/framework/utils"
import type { Suggestion } from "../../src/providers/pgvector/suggestions/find-suggestions"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { until } from "./until"

type Definition = SearchTypes.ResolvedSearchIndexDefinition

interface Book {
  id: string
  title?: string
  authors?: string[]
  subjects?: string[]
  description?: string
  status?: string
  sales_channel_ids?: string[]
  adult?: boolean
}

const suggested = (kind: string) => ({ pgvector: { suggest: { kind } } })
const FIELDS = search
  .define({
    id: search.keyword().filterable(),
    title: search.text().searchable({ weight: 3 }).sortable().providerOptions(suggested("title")),
    authors: search.text().array().searchable().filterable().providerOptions(suggested("author")),
    subjects: search
      .keyword()
      .array()
      .searchable()
      .filterable()
      .providerOptions(suggested("subject")),
    description: search.text().searchable(),
    status: search.keyword().filterable(),
    sales_channel_ids: search.keyword().array().filterable(),
    adult: search.boolean().filterable(),
  } as never)
  .toFields()

function definition(version: number, root = "product"): Definition {
  return {
    name: "product",
    entity: "product",
    primary_key: "id",
    provider: "pgvector",
    settings: {},
    definition_hash: "",
    physical_name: `${root}_v${version}`,
    fields: FIELDS,
    async *seed() {},
  }
}

let database: TestDatabase
let provider: Provider
let roots = 0

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

async function write(index: Definition, books: Book[]): Promise<void> {
  await provider.service.upsertDocuments({
    index: index.physical_name,
    definition: index,
    documents: books.map((book) => ({
      status: "published",
      sales_channel_ids: ["web"],
      ...book,
    })) as unknown as SearchTypes.SearchDocument[],
  })
}

/** Waits until the phrases of an index are as its documents, whoever refreshes them. */
async function refreshed(index: Definition, from: Provider = provider): Promise<void> {
  await until("the phrases are up to date", async () => {
    const stale = await database.rows(
      `SELECT 1 FROM semantic_search_phrase_state WHERE index_name = ? AND changed_at > coalesce(refreshed_at, '-infinity')`,
      [index.physical_name]
    )
    const known = await database.rows(
      `SELECT 1 FROM semantic_search_phrase_state WHERE index_name = ? AND refreshed_at IS NOT NULL`,
      [index.physical_name]
    )
    if (known.length && !stale.length) {
      return true
    }
    await from.phrases.work()
    return false
  })
}

/** An index of its own with books, its phrases counted. */
async function shop(books: Book[]): Promise<Definition> {
  const index = definition(1, `shop${++roots}`)
  await provider.service.upsertIndex({ index })
  await write(index, books)
  await until("the change is noted", async () => {
    const rows = await database.rows(
      `SELECT 1 FROM semantic_search_phrase_state WHERE index_name = ? AND changed_at IS NOT NULL`,
      [index.physical_name]
    )
    return rows.length > 0
  })
  await refreshed(index)
  return index
}

interface Ask {
  channels?: string[]
  take?: number
  own?: SearchTypes.SearchFilters
}

async function ask(index: Definition, q: string, { channels = ["web"], take = 8, own }: Ask = {}) {
  const visible = { status: "published", sales_channel_ids: channels }
  const { hits, provider_metadata } = await provider.service.search({
    index,
    q: q || undefined,
    filters: own ? { $and: [visible, own] } : visible,
    attributes_to_retrieve: ["id", "title"],
    pagination: { take },
    search_options: { provider_options: { pgvector: { suggest: { channels, documents: 3 } } } },
  })
  return { suggestions: provider_metadata!.suggestions as Suggestion[], ids: hits.map((h) => h.id) }
}

const texts = async (...args: Parameters<typeof ask>) =>
  (await ask(...args)).suggestions.map(({ text }) => text)

const CLASSICS: Book[] = [
  { id: "eyre", title: "Jane Eyre", authors: ["Charlotte Brontë"], subjects: ["governesses"] },
  { id: "villette", title: "Villette", authors: ["Charlotte Brontë"], subjects: ["teachers"] },
  { id: "heights", title: "Wuthering Heights", authors: ["Emily Brontë"], subjects: ["moors"] },
  { id: "bronze", title: "Bronze", authors: ["A. Smith"], subjects: ["metal"] },
  { id: "hobbit", title: "The Hobbit", authors: ["J. R. R. Tolkien"], subjects: ["dragons"] },
  { id: "guide", title: "The Hitchhiker's Guide", authors: ["Douglas Adams"] },
  { id: "etranger", title: "L’Étranger", authors: ["Albert Camus"] },
  { id: "dragons", title: "Dragons", subjects: ["dragons"] },
]

describe("completions", () => {
  let index: Definition
  beforeAll(async () => {
    index = await shop(CLASSICS)
  })

  it("begin with the text, then hold a word that does; frequent ones first, accents aside", async () => {
    expect(await ask(index, "Bron")).toEqual({
      suggestions: [
        { text: "Bronze", kind: "title", count: 1, highlight: "<mark>Bronze</mark>" },
        {
          text: "Charlotte Brontë",
          kind: "author",
          count: 2,
          highlight: "Charlotte <mark>Brontë</mark>",
        },
        { text: "Emily Brontë", kind: "author", count: 1, highlight: "Emily <mark>Brontë</mark>" },
      ],
      ids: ["bronze", "eyre", "villette"],
    })
  })

  it.each([
    ["b", ["Bronze", "Charlotte Brontë", "Emily Brontë"]],
    ["J", ["Jane Eyre", "J. R. R. Tolkien"]],
    ["bronte char", ["Charlotte Brontë"]],
    ["emily b", ["Emily Brontë"]],
    ["WUTHERING  heights!", ["Wuthering Heights"]],
    ["hitchhikers", ["The Hitchhiker's Guide"]],
    ["hitchhiker's gu", ["The Hitchhiker's Guide"]],
    ["l'etr", ["L’Étranger"]],
    ["Bronte\u0308", ["Charlotte Brontë", "Emily Brontë"]],
  ])("are found for %j", async (q, expected) => {
    expect(await texts(index, q)).toEqual(expected)
  })

  it.each([
    ["tolkein", ["J. R. R. Tolkien"]],
    ["tolke", ["J. R. R. Tolkien"]],
    ["wutherng hights", ["Wuthering Heights"]],
    ["charlote bron", ["Charlotte Brontë"]],
  ])("are found for the misspelt %j", async (q, expected) => {
    expect(await texts(index, q)).toEqual(expected)
  })

  it.each(["asdfgh", "!!!", "%", "_", "\\", "'", "tlkn", "a' | b:*", "😀"])(
    "are none for %j",
    async (q) => {
      expect(await ask(index, q)).toEqual({ suggestions: [], ids: [] })
    }
  )

  it("name a text once, as the kind that the index names first", async () => {
    const { suggestions, ids } = await ask(index, "dragons")
    expect(suggestions.map(({ text, kind }) => [text, kind])).toEqual([["Dragons", "title"]])
    expect(ids).toEqual(["dragons", "hobbit"])
  })

  it("lead to products, and so do words that no single phrase holds", async () => {
    expect(await ask(index, "tolkien hobb")).toEqual({ suggestions: [], ids: ["hobbit"] })
    expect((await ask(index, "charlote bron")).ids).toEqual(["eyre", "villette"])
  })

  it("are as many as wanted, and the most frequent ones where nothing is typed yet", async () => {
    expect(await texts(index, "", { take: 2 })).toEqual(["Charlotte Brontë", "dragons"])
    expect(await texts(index, "t", { take: 1 })).toHaveLength(1)
  })

  it("are none in an index that suggests nothing", async () => {
    const { title, ...rest } = FIELDS
    const plain = { ...title, provider_options: undefined }
    const mute = { ...definition(1, "mute"), fields: { id: rest.id, title: plain } }
    await provider.service.upsertIndex({ index: mute })
    const { provider_metadata } = await provider.service.search({
      index: mute,
      q: "a",
      attributes_to_retrieve: ["id"],
      pagination: { take: 5 },
      search_options: {
        provider_options: { pgvector: { suggest: { channels: [""], documents: 3 } } },
      },
    })
    expect(provider_metadata).toEqual({ suggestions: [] })
  })
})

describe("what shoppers may not see", () => {
  it("contributes nothing: drafts, other channels, and what a filter of the store's own keeps back", async () => {
    const index = await shop([
      {
        id: "seen",
        title: "Secret Garden",
        authors: ["Ann Seen"],
        sales_channel_ids: ["web", "app"],
      },
      { id: "draft", title: "Secret Draft", authors: ["Ann Draft"], status: "draft" },
      { id: "app", title: "Secret App", authors: ["Ann Seen"], sales_channel_ids: ["app"] },
      { id: "adult", title: "Secret Adult", authors: ["Ann Adult"], adult: true },
      { id: "nowhere", title: "Secret Nowhere", sales_channel_ids: [] },
    ])
    expect(await texts(index, "secret")).toEqual(["Secret Adult", "Secret Garden"])
    expect(await texts(index, "secret", { channels: ["app"] })).toEqual([
      "Secret App",
      "Secret Garden",
    ])
    expect(await texts(index, "secret", { channels: ["fair"] })).toEqual([])
    expect(await texts(index, "secret", { own: { adult: { $ne: true } } })).toEqual([
      "Secret Garden",
    ])
    expect(await texts(index, "ann", { own: { adult: { $ne: true } } })).toEqual(["Ann Seen"])
    const [seen] = (await ask(index, "ann seen")).suggestions
    expect(seen.count).toBe(1)
    expect((await ask(index, "ann seen", { channels: ["app"] })).suggestions[0].count).toBe(2)
    expect((await ask(index, "secret")).ids).not.toContain("draft")
  })

  it("contributes nothing from the moment it is hidden, before any refresh", async () => {
    const index = await shop([{ id: "a", title: "Hidden Soon" }])
    expect(await texts(index, "hidden")).toEqual(["Hidden Soon"])
    await write(index, [{ id: "a", title: "Hidden Soon", status: "draft" }])
    expect(await ask(index, "hidden")).toEqual({ suggestions: [], ids: [] })
    await write(index, [{ id: "a", title: "Another Name" }])
    expect(await texts(index, "hidden")).toEqual([])
  })

  it("is looked for among all documents of a phrase that many hold", async () => {
    const crowd = Array.from({ length: 600 }, (_, i) => ({
      id: `book_${String(i).padStart(3, "0")}`,
      title: `Number ${i}`,
      subjects: ["crowded"],
      adult: i !== 300,
    }))
    const index = await shop(crowd)
    expect((await ask(index, "crowd")).suggestions).toEqual([
      { text: "crowded", kind: "subject", count: 600, highlight: "<mark>crowded</mark>" },
    ])
    expect(await texts(index, "crowd", { own: { adult: false } })).toEqual(["crowded"])
    expect(await texts(index, "crowd", { own: { id: "nobody" } })).toEqual([])
  })
})

describe("the phrases", () => {
  it("follow the documents, and only rows that differ are written", async () => {
    const index = await shop([
      { id: "a", title: "First" },
      { id: "b", title: "Second", authors: ["Same"] },
    ])
    const table = `semantic_search_phrase_${index.physical_name}`
    const versions = () =>
      database.rows<{ text: string; xmin: string }>(
        `SELECT text, xmin::text FROM ${table} ORDER BY text`
      )
    const before = await versions()
    expect(before.map(({ text }) => text)).toEqual(["First", "Same", "Second"])
    await write(index, [{ id: "a", title: "Third" }])
    // The new title is added at once; that the old one is gone is for the refresh after it to find.
    let after = before
    await until("the old title is gone", async () => {
      await provider.phrases.work()
      after = await versions()
      return after.every(({ text }) => text !== "First")
    })
    expect(after.map(({ text }) => text)).toEqual(["Same", "Second", "Third"])
    expect(after.slice(0, 2)).toEqual(before.slice(1))
  })

  it("of what was just written are there before they are counted, in each channel", async () => {
    const index = await shop([{ id: "a", title: "Old Name", authors: ["Ann Author"] }])
    await write(index, [
      { id: "b", title: "New Name", authors: ["Ann Author"], sales_channel_ids: ["app"] },
      { id: "c", title: "New Draft", status: "draft" },
    ])
    await until("it is suggested, though nobody refreshed", async () => {
      return (await texts(index, "new", { channels: ["app"] })).length > 0
    })
    expect(await texts(index, "new", { channels: ["app"] })).toEqual(["New Name"])
    expect((await ask(index, "ann", { channels: ["app"] })).suggestions).toMatchObject([
      { text: "Ann Author", count: 1 },
    ])
    expect(await texts(index, "new")).toEqual([])
  })

  it("are kept by a process that only works for what another one wrote", async () => {
    const index = await shop([])
    const worker = database.provider()
    worker.phrases.start()
    await write(index, [{ id: "a", title: "From Elsewhere" }])
    await until("the worker has counted it", async () => (await texts(index, "from")).length > 0)
    await worker.phrases.stop()
  })

  it("go with their index", async () => {
    const index = await shop([{ id: "a", title: "Gone" }])
    await provider.service.deleteIndex({ index: index.physical_name })
    const left = await database.rows(
      `SELECT tablename AS name FROM pg_tables WHERE tablename = ? UNION ALL SELECT index_name FROM semantic_search_phrase_state WHERE index_name = ?`,
      [`semantic_search_phrase_${index.physical_name}`, index.physical_name]
    )
    expect(left).toEqual([])
    await expect(ask(index, "gone")).rejects.toMatchObject({ type: "not_found" })
  })
})

describe("what shoppers search for", () => {
  const searched = async (index: Definition, text: string, times: number, from = provider) => {
    const root = index.physical_name.replace(/_v1$/, "")
    const processes = Array.from({ length: times }, () => database.provider())
    for (const { phrases } of times === 1 ? [from] : processes) {
      phrases.searched({ root, text, channels: ["web"] })
      await phrases.stop()
    }
  }
  /** Counts all anew, as after half an hour. */
  const countAnew = async (index: Definition) => {
    await database.rows(`DELETE FROM semantic_search_phrase_state WHERE index_name = ?`, [
      index.physical_name,
    ])
    await refreshed(index)
  }
  let index: Definition
  beforeAll(async () => {
    index = await shop([
      ...CLASSICS,
      { id: "moor", title: "Out", description: "Ghosts walk the moor.", authors: ["Gus Gale"] },
      { id: "secret", title: "Other", description: "A ghoul.", status: "draft" },
    ])
  })

  it("is suggested first once five searched for it, if a product that they may see holds its words", async () => {
    await searched(index, "  Ghost   moor ", 4)
    await countAnew(index)
    expect(await texts(index, "g")).not.toContain("Ghost moor")
    await searched(index, "ghost moor", 1, database.provider())
    await countAnew(index)
    const { suggestions, ids } = await ask(index, "g")
    expect(suggestions[0]).toEqual({
      text: "Ghost moor",
      kind: "query",
      count: null,
      highlight: "<mark>Ghost</mark> moor",
    })
    expect(ids[0]).toBe("moor")
    expect((await texts(index, ""))[0]).toBe("Ghost moor")
    expect(await texts(index, "g", { channels: ["app"] })).toEqual([])
    await write(index, [
      { id: "moor", title: "Out", description: "Ghosts.", authors: ["Gus Gale"] },
    ])
    expect(await texts(index, "gho")).toEqual([])
  })

  it("moves a phrase of the catalogue up, and names it once", async () => {
    expect(await texts(index, "bronte")).toEqual(["Charlotte Brontë", "Emily Brontë"])
    await searched(index, "emily bronte", 5)
    await countAnew(index)
    expect(await texts(index, "bronte")).toEqual(["Emily Brontë", "Charlotte Brontë"])
  })

  it("is not suggested where only a hidden product holds it, or none", async () => {
    await searched(index, "ghoul", 6)
    await searched(index, "gargoyle", 6)
    await countAnew(index)
    expect(await texts(index, "gho")).toEqual([])
    expect(await texts(index, "garg")).toEqual([])
  })

  it("counts a text once a minute, and keeps nothing of addresses", async () => {
    const { phrases } = provider
    for (let i = 0; i < 5; i++) {
      phrases.searched({ root: "counts", text: "Whales", channels: ["web", "app"] })
      phrases.searched({ root: "counts", text: "whales ", channels: ["web", "app"] })
      phrases.searched({ root: "counts", text: "ada@example.org", channels: ["web"] })
    }
    await phrases.stop()
    expect(
      await database.rows(
        `SELECT folded, channel, text, searches FROM semantic_search_query WHERE index_root = 'counts' ORDER BY channel`
      )
    ).toEqual([
      { folded: "whales", channel: "app", text: "Whales", searches: 1 },
      { folded: "whales", channel: "web", text: "Whales", searches: 1 },
    ])
  })

  it("is forgotten after its days, and isn't counted where the store doesn't want it", async () => {
    const quiet = database.provider({ suggestions: { popular_queries: false } })
    quiet.phrases.searched({ root: "quiet", text: "whales", channels: ["web"] })
    await quiet.phrases.stop()
    expect(
      await database.rows(`SELECT 1 FROM semantic_search_query WHERE index_root = 'quiet'`)
    ).toEqual([])

    const root = index.physical_name.replace(/_v1$/, "")
    await database.rows(
      `INSERT INTO semantic_search_query VALUES (?, 'old', 'web', current_date - 31, 'old', 9)`,
      [root]
    )
    await countAnew(index)
    expect(
      await database.rows(
        `SELECT 1 FROM semantic_search_query WHERE index_root = ? AND folded = 'old'`,
        [root]
      )
    ).toEqual([])
    await database.rows(`DELETE FROM semantic_search_phrase_state WHERE index_name = ?`, [
      index.physical_name,
    ])
    await refreshed(index, quiet)
    expect(await texts(index, "bronte")).toEqual(["Charlotte Brontë", "Emily Brontë"])
  })
})
