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

beforeAll(async () => {
  database = await openDatabase()
  wide = database.provider()
  narrow = database.provider({ semantic_window: 9 })
  books = fc.sample(arbitrary.books(SIZE), 1)[0]
  index = await filled(wide, version("one", 1), books)
})
afterAll(() => database.close())

const strategy = fc.constantFrom<SearchTypes.SearchMatchStrategy>("all", "any", "last")
const ratio = fc.constantFrom(undefined, 0, 0.3, 1)

/** A search as shoppers make them: words, perhaps filters, some weight of meaning. */
const search = fc
  .record({
    q: arbitrary.query,
    filters: fc.option(arbitrary.filters, { nil: undefined }),
    match_strategy: strategy,
    ratio,
    take: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ q, filters, match_strategy, ratio, take }) => ({
    take,
    query: {
      q,
      filters,
      search_options: {
        match_strategy,
        facets: ["genre", "in_stock", "tags"].map((field) => ({ field, limit: 100 })),
        ...(ratio === undefined ? {} : { vector: { query: q, semantic_ratio: ratio } }),
      },
    },
  }))

type Counts = { values: { value: string; count: number }[] }

/** Reads all pages of a search; count and facets must be the same on each. */
async function allPages(provider: Provider, query: object, take: number) {
  const ids: string[] = []
  let first: SearchTypes.SearchResult | undefined
  for (let skip = 0; ; skip += take) {
    const page = await find(provider.service, index, { ...query, pagination: { skip, take } })
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
      fc.asyncProperty(search, async ({ query, take }) => {
        const { ids, count, facets } = await allPages(provider(), query, take)
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
      fc.asyncProperty(search, async ({ query }) => {
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
        expect(new Set(hybrid.ids)).toEqual(new Set([...keyword.ids, ...semantic.ids]))
        expect(semantic.ids.length).toBeLessThanOrEqual(9)
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

function search_options() {
  return { facets: [{ field: "tags", limit: 100 }] }
}

function options(q: string, semantic_ratio: number) {
  return { search_options: { ...search_options(), vector: { query: q, semantic_ratio } } }
}
