import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import * as arbitrary from "./arbitraries"
import { type Book, filled, find, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
let index: ReturnType<typeof version>
let books: Book[]
/** A provider whose window of meaning holds the catalogue, and one whose window is far smaller. */
let wide: Provider
let narrow: Provider

const SIZE = 80
/** Where all are compared, a window is five times as wide. */
const NARROW = 2
const NARROW_HITS = 5 * NARROW

beforeAll(async () => {
  database = await openDatabase()
  wide = database.provider()
  narrow = database.provider({ semantic_window: NARROW })
  books = fc.sample(arbitrary.books(SIZE), 1)[0]
  index = await filled(wide, version("one", 1), books)
})
afterAll(() => database.close())

const strategy = fc.constantFrom<SearchTypes.SearchMatchStrategy | undefined>(
  undefined,
  "all",
  "any",
  "last"
)
type Order = Record<string, SearchTypes.SearchOrderBy> | undefined

const ratio = fc.constantFrom(undefined, 0, 0.3, 1)

/** A search as shoppers make them: words, perhaps filters, some weight of meaning. */
const search = fc
  .record({
    q: arbitrary.query,
    filters: fc.option(arbitrary.filters, { nil: undefined }),
    match_strategy: strategy,
    ratio,
    distinct: fc.constantFrom(undefined, "code", "pages"),
    min_score: fc.constantFrom(undefined, 0.05, 0.3),
    attributes: fc.constantFrom<string[] | undefined>(
      undefined,
      ["title"],
      ["description", "authors"]
    ),
    order: fc.constantFrom<Order>(undefined, { pages: "ASC" }, { _score: "ASC" }),
    take: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ q, filters, match_strategy, ratio, distinct, min_score, attributes, order, take }) => ({
    take,
    order,
    query: {
      q,
      filters,
      search_options: {
        match_strategy,
        distinct,
        min_score,
        attributes_to_search_on: attributes,
        facets: ["genre", "in_stock", "tags"].map((field) => ({ field, limit: 100 })),
        ...(ratio === undefined ? {} : { vector: { query: q, semantic_ratio: ratio } }),
      },
    },
  }))

type Counts = { values: { value: string; count: number }[] }

/** Reads all pages of a search; count and facets must be the same on each. */
async function allPages(provider: Provider, query: object, take: number, order?: Order) {
  const ids: string[] = []
  let first: SearchTypes.SearchResult | undefined
  for (let skip = 0; ; skip += take) {
    const page = await find(provider.service, index, {
      ...query,
      pagination: { skip, take, order },
    })
    first ??= page
    expect(page.metadata.count).toBe(first.metadata.count)
    expect(page.facets).toEqual(first.facets)
    ids.push(...page.hits.map(({ id }) => id))
    if (page.hits.length < take) {
      return { ids, count: first.metadata.count, facets: first.facets as Record<string, Counts> }
    }
  }
}

describe("hits, count, facets and pages", () => {
  it.each([
    ["the window holds the catalogue", () => wide],
    ["the window is smaller than what matches", () => narrow],
  ])("describe one and the same set when %s", async (_, provider) => {
    await fc.assert(
      fc.asyncProperty(search, async ({ query, take, order }) => {
        const { ids, count, facets } = await allPages(provider(), query, take, order)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toHaveLength(count!)
        const shown = books.filter(({ id }) => ids.includes(id))
        const sum = facets.genre.values.reduce((total, { count }) => total + count, 0)
        expect(sum).toBe(shown.filter(({ genre }) => genre != null).length)
        for (const { value, count } of facets.tags.values) {
          expect(shown.filter(({ tags }) => tags?.includes(value))).toHaveLength(count)
        }
      }),
      { numRuns: 60 }
    )
  })

  it("are the same whether pages are counted off or followed by cursor", async () => {
    await fc.assert(
      fc.asyncProperty(search, async ({ query, take, order }) => {
        const { ids } = await allPages(narrow, query, take, order)
        const followed: string[] = []
        let cursor: string | undefined
        do {
          const pagination = { take, order, cursor }
          const { hits, metadata } = await find(narrow.service, index, { ...query, pagination })
          followed.push(...hits.map(({ id }) => id))
          cursor = metadata.next_cursor
        } while (cursor)
        expect(followed).toEqual(ids)
      }),
      { numRuns: 40 }
    )
  })

  it("show each distinct value once, and the best of its documents", async () => {
    await fc.assert(
      fc.asyncProperty(search, async ({ query, order }) => {
        const all = await allPages(wide, without(query, "distinct"), SIZE, order)
        const { ids } = await allPages(wide, withOption(query, "distinct", "pages"), SIZE, order)
        const pages = new Map(books.map((book) => [book.id, book.pages]))
        const seen = new Set<number>()
        const firsts = all.ids.filter((id) => {
          const value = pages.get(id)
          const first = value == null || !seen.has(value)
          if (value != null) seen.add(value)
          return first
        })
        expect(ids).toEqual(firsts)
      }),
      { numRuns: 40 }
    )
  })

  it("hold no hit that scores less than was asked, and all that score as much", async () => {
    await fc.assert(
      fc.asyncProperty(
        search,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async ({ query }, least) => {
          const plain = without(without(query, "min_score"), "distinct")
          const scored = withOption(plain, "include_score", true)
          const pagination = { take: SIZE }
          const all = await find(wide.service, index, { ...scored, pagination })
          const bounded = { ...withOption(scored, "min_score", least), pagination }
          const { hits } = await find(wide.service, index, bounded)
          expect(hits).toEqual(all.hits.filter(({ score }) => score! >= least))
        }
      ),
      { numRuns: 40 }
    )
  })

  it("never count more of a value than the catalogue has", async () => {
    const { facets } = await allPages(wide, { search_options: search_options() }, SIZE)
    const total = new Map(facets.tags.values.map(({ value, count }) => [value, count]))
    await fc.assert(
      fc.asyncProperty(search, async ({ query }) => {
        const found = await allPages(wide, query, SIZE)
        for (const { value, count } of found.facets.tags.values) {
          expect(count).toBeLessThanOrEqual(total.get(value) ?? 0)
        }
      }),
      { numRuns: 40 }
    )
  })

  it("keep a facet's promise: choosing a value leaves as many hits as it said", async () => {
    await fc.assert(
      fc.asyncProperty(search, async ({ query: any }) => {
        // A value that is shown once for all genres belongs to one of them.
        const query = without(any, "distinct")
        const { facets } = await allPages(wide, query, SIZE)
        for (const { value, count } of facets.genre.values.slice(0, 2)) {
          const filters = { $and: [query.filters ?? {}, { genre: value }] }
          const chosen = await find(wide.service, index, { ...query, filters })
          expect(chosen.metadata.count).toBe(count)
        }
      }),
      { numRuns: 30 }
    )
  })

  it("lose nothing that matches by keyword when meaning comes on top", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary.query, async (q) => {
        const keyword = await allPages(narrow, { q, ...options(q, 0) }, SIZE)
        const semantic = await allPages(narrow, { q, ...options(q, 1) }, SIZE)
        const hybrid = await allPages(narrow, { q, ...options(q, 0.5) }, SIZE)
        expect(hybrid.ids).toEqual(expect.arrayContaining([...keyword.ids, ...semantic.ids]))
        expect(new Set(hybrid.ids).size).toBeLessThanOrEqual(keyword.ids.length + NARROW_HITS)
        expect(semantic.ids.length).toBeLessThanOrEqual(NARROW_HITS)
      }),
      { numRuns: 30 }
    )
  })
})

describe("scores", () => {
  it("lie between 0 and 1, best first", async () => {
    await fc.assert(
      fc.asyncProperty(search, async ({ query }) => {
        const { hits } = await find(wide.service, index, {
          ...query,
          search_options: { ...query.search_options, include_score: true },
        })
        const scores = hits.map(({ score }) => score!)
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
      }),
      { numRuns: 40 }
    )
  })
})

type Query = { search_options: Record<string, unknown> }

function withOption<Q extends Query>(query: Q, name: string, value: unknown) {
  return { ...query, search_options: { ...query.search_options, [name]: value } }
}

function without<Q extends Query>(query: Q, name: string) {
  return withOption(query, name, undefined)
}

function search_options() {
  return { facets: [{ field: "tags", limit: 100 }] }
}

function options(q: string, semantic_ratio: number) {
  return { search_options: { ...search_options(), vector: { query: q, semantic_ratio } } }
}
