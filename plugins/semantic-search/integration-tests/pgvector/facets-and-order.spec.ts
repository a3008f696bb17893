import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import * as arbitrary from "./arbitraries"
import { type Book, filled, find, findIds, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { matches } from "./reference-filters"

let database: TestDatabase
let provider: Provider
let index: ReturnType<typeof version>
let books: Book[]

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
  books = fc.sample(arbitrary.books(80), 1)[0]
  index = await filled(provider, version("counted", 1), books)
})
afterAll(() => database.close())

/** The JavaScript of a value facet. */
function countValues(all: Book[], values: (book: Book) => unknown[], limit = 10) {
  const counts = new Map<string, number>()
  for (const value of all.flatMap((book) => [...new Set(values(book))])) {
    if (value !== null && value !== undefined) {
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit)
}

async function facetsOf(
  filters: SearchTypes.SearchFilters,
  facets: (string | SearchTypes.SearchFacetRequest)[]
) {
  return (await find(provider.service, index, { filters, search_options: { facets } })).facets!
}

describe("facets", () => {
  it("count each value once a document, over the whole filtered result", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary.filters, async (filters) => {
        const matching = books.filter((book) => matches(book, filters))
        const facets = await facetsOf(filters, [
          "genre",
          { field: "tags", limit: 100 },
          { field: "ratings", limit: 100 },
          { field: "in_stock" },
          { field: "pages", limit: 3 },
        ])
        expect(facets).toEqual({
          genre: { type: "value", values: countValues(matching, ({ genre }) => [genre]) },
          tags: { type: "value", values: countValues(matching, ({ tags }) => tags ?? [], 100) },
          ratings: {
            type: "value",
            values: countValues(matching, ({ ratings }) => ratings ?? [], 100),
          },
          in_stock: { type: "value", values: countValues(matching, (book) => [book.in_stock]) },
          pages: { type: "value", values: countValues(matching, ({ pages }) => [pages], 3) },
        })
      }),
      { numRuns: 50 }
    )
  })

  it("count ranges from their lower bound up to, but not including, the upper", async () => {
    const prices = books.flatMap((book) => book.price?.eur ?? [])
    const count = (holds: (price: number) => boolean) => prices.filter(holds).length
    const facets = await facetsOf({}, [
      {
        field: "price.eur",
        type: "range",
        ranges: [{ to: 5 }, { from: 5, to: 12.5 }, { key: "dear", from: "12.5" }, {}],
      },
    ])
    expect(facets["price.eur"]).toEqual({
      type: "range",
      ranges: [
        { key: "*-5", to: 5, count: count((price) => price < 5) },
        { key: "5-12.5", from: 5, to: 12.5, count: count((price) => price >= 5 && price < 12.5) },
        { key: "dear", from: "12.5", count: count((price) => price >= 12.5) },
        { key: "*-*", count: prices.length },
      ],
    })
  })

  it("count date ranges by ISO texts and by milliseconds", async () => {
    const facets = await facetsOf({}, [
      {
        field: "published",
        type: "range",
        ranges: [{ to: "2000-01-01" }, { from: Date.parse("2000-01-01") }],
      },
    ])
    const dates = books.flatMap(({ published }) => published ?? [])
    const old = dates.filter((date) => Date.parse(date) < Date.parse("2000-01-01")).length
    expect(facets.published).toMatchObject({
      ranges: [{ count: old }, { count: dates.length - old }],
    })
  })

  it("tell the least, the most, the mean and the sum", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary.filters, async (filters) => {
        const prices = books
          .filter((book) => matches(book, filters))
          .flatMap((book) => book.price?.eur ?? [])
        const sum = prices.reduce((total, price) => total + price, 0)
        const stats = (await facetsOf(filters, [{ field: "price.eur", type: "stats" }]))[
          "price.eur"
        ]
        expect(stats).toEqual({
          type: "stats",
          min: prices.length ? Math.min(...prices) : 0,
          max: prices.length ? Math.max(...prices) : 0,
          count: prices.length,
          ...(prices.length
            ? { sum: expect.closeTo(sum, 6), avg: expect.closeTo(sum / prices.length, 6) }
            : {}),
        })
      }),
      { numRuns: 30 }
    )
  })

  it("list values by name, and those that contain a text, accents and case aside", async () => {
    const authors = await filled(provider, version("authors", 1), [
      { id: "a", authors: ["Charlotte Brontë", "Émile Zola"] },
      { id: "b", authors: ["Emily Brontë"] },
      { id: "c", authors: ["100% Nobody", "1000 Others"] },
    ])
    const ask = async (facet: object) => {
      const options = { facets: [{ field: "authors", ...facet }] }
      const { facets } = await find(provider.service, authors, { search_options: options })
      const { values } = facets!.authors as { values: { value: string }[] }
      return values.map(({ value }) => value)
    }
    expect(await ask({ query: "BRONTE" })).toEqual(["Charlotte Brontë", "Emily Brontë"])
    expect(await ask({ query: "emil" })).toEqual(["Emily Brontë", "Émile Zola"])
    expect(await ask({ query: "0%" })).toEqual(["100% Nobody"])
    // Without its width this is a percent sign too.
    expect(await ask({ query: "％" })).toEqual(["100% Nobody"])
    expect((await ask({ sort: "alpha", limit: 3 })).slice(0, 3)).toEqual([
      "100% Nobody",
      "1000 Others",
      "Charlotte Brontë",
    ])
  })
})

describe("order", () => {
  const key = {
    title: (book: Book) => book.title,
    genre: (book: Book) => book.genre,
    pages: (book: Book) => book.pages,
    "price.eur": (book: Book) => book.price?.eur,
    published: (book: Book) => book.published && Date.parse(book.published),
  }
  type Field = keyof typeof key

  /** JavaScript's order: missing values last either way, equals by id. */
  function sorted(order: Partial<Record<Field, "ASC" | "DESC">>): string[] {
    const compare = (a: Book, b: Book): number => {
      for (const [field, direction] of Object.entries(order) as [Field, string][]) {
        const [left, right] = [key[field](a) ?? null, key[field](b) ?? null]
        if (left === right) {
          continue
        }
        if (left === null || right === null) {
          return left === null ? 1 : -1
        }
        return left < right === (direction === "ASC") ? -1 : 1
      }
      return a.id < b.id ? -1 : 1
    }
    return [...books].sort(compare).map(({ id }) => id)
  }

  const orders: Partial<Record<Field, "ASC" | "DESC">>[] = [
    { title: "ASC" },
    { title: "DESC" },
    { genre: "DESC", pages: "ASC" },
    { pages: "ASC" },
    { "price.eur": "DESC", title: "ASC" },
    { published: "ASC", genre: "ASC", pages: "DESC" },
  ]

  it.each(orders)("by %j has missing values last and equals by id", async (order) => {
    const found = await findIds(provider.service, index, { pagination: { take: 100, order } })
    expect(found).toEqual(sorted(order))
  })

  it.each(orders)("by %j shows each document on one page only", async (order) => {
    const paged: string[] = []
    for (let skip = 0; skip < books.length; skip += 7) {
      paged.push(
        ...(await findIds(provider.service, index, { pagination: { take: 7, skip, order } }))
      )
    }
    expect(paged).toEqual(sorted(order))
  })

  it("by relevance, ascending or descending, is the reverse of the other among unequals", async () => {
    const scores = async (direction: "ASC" | "DESC") => {
      const { hits } = await find(provider.service, index, {
        q: "whale robot",
        pagination: { take: 100, order: { _score: direction } },
        search_options: { include_score: true, match_strategy: "any" },
      })
      return hits.map(({ score }) => score!)
    }
    const descending = await scores("DESC")
    expect(new Set(descending).size).toBeGreaterThan(2)
    expect(descending).toEqual([...descending].sort((a, b) => b - a))
    expect(await scores("ASC")).toEqual([...descending].reverse())
  })
})

describe("pages", () => {
  it("may be empty, or past the end, and still tell the count and the facets", async () => {
    for (const pagination of [{ take: 0 }, { skip: 10_000 }, { skip: Number.MAX_SAFE_INTEGER }]) {
      const result = await find(provider.service, index, {
        pagination,
        search_options: { facets: ["in_stock"] },
      })
      expect(result.hits).toEqual([])
      expect(result.metadata.count).toBe(books.length)
      expect(result.facets!.in_stock).toMatchObject({ values: { length: 2 } })
    }
  })

  it("don't count where nobody asked for a count", async () => {
    const { hits, metadata } = await find(provider.service, index, {
      search_options: { count: "none" },
    })
    expect(metadata.count).toBeNull()
    expect(hits).toHaveLength(20)
  })

  it("show the fields that were asked for, and never the vector", async () => {
    const result = await filled(provider, version("fields", 1), [
      { id: "a", title: "Whale", price: { eur: 5 }, tags: ["red"], embedding: "whale" },
    ])
    const show = async (attributes_to_retrieve: string[]) =>
      (await find(provider.service, result, { attributes_to_retrieve })).hits[0].document
    expect(await show(["title", "price.eur"])).toEqual({ title: "Whale", price: { eur: 5 } })
    expect(await show(["tags"])).toEqual({ tags: ["red"] })
  })
})
