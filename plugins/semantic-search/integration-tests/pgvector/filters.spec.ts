import fc from "fast-check"
import * as arbitrary from "./arbitraries"
import { type Book, filled, find, findIds, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { matches } from "./reference-filters"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

/** As many documents as one page can hold. */
const ALL = { pagination: { take: 1_000 } }

/** Catalogues, each with so many filters asked of it. */
const CATALOGUES = 4
const FILTERS_EACH = 100
const CATALOGUE_SIZE = 60

describe("filters", () => {
  it("select the documents that a plain reading of them selects", async () => {
    let catalogue = 0
    await fc.assert(
      fc.asyncProperty(
        arbitrary.books(CATALOGUE_SIZE),
        fc.array(arbitrary.filters, { minLength: FILTERS_EACH, maxLength: FILTERS_EACH }),
        async (books, all) => {
          const index = await filled(provider, version(`random${catalogue++}`, 1), books)
          for (const filters of all) {
            const found = await findIds(provider.service, index, { filters, ...ALL })
            const expected = books.filter((book) => matches(book, filters)).map(({ id }) => id)
            expect({ filters, found }).toEqual({ filters, found: expected })
          }
        }
      ),
      // A failing filter is told by the expectation; shrinking would build an index at each step.
      { numRuns: CATALOGUES, endOnFailure: true }
    )
  })

  it("read prefixes letter by letter, and patterns as patterns", async () => {
    const codes = fc.sample(arbitrary.code, 80)
    const books = codes.map((code, i) => ({ id: `c${String(i).padStart(2, "0")}`, code }))
    const index = await filled(provider, version("codes", 1), books)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          arbitrary.code.map(($prefix) => ({ $prefix })),
          arbitrary.pattern.map(($like) => ({ $like }))
        ),
        async (code) => {
          const expected = books.filter((book) => matches(book, { code })).map(({ id }) => id)
          expect(await findIds(provider.service, index, { filters: { code }, ...ALL })).toEqual(
            expected
          )
        }
      ),
      { numRuns: 200 }
    )
  })

  it("narrow a search by words, by meaning and by both in the same way", async () => {
    const [books] = fc.sample(arbitrary.books(CATALOGUE_SIZE), 1)
    const index = await filled(provider, version("narrowed", 1), books)
    await fc.assert(
      fc.asyncProperty(
        arbitrary.query,
        arbitrary.filters,
        fc.constantFrom(0, 0.5, 1),
        async (q, filters, ratio) => {
          const search_options = { vector: { query: q, semantic_ratio: ratio } }
          const everything = await findIds(provider.service, index, { q, search_options, ...ALL })
          const narrowed = await findIds(provider.service, index, {
            q,
            search_options,
            filters,
            ...ALL,
          })
          const expected = everything.filter((id) =>
            matches(
              books.find((book) => book.id === id)!,
              filters
            )
          )
          expect(narrowed.sort()).toEqual(expected.sort())
        }
      ),
      { numRuns: 60 }
    )
  })

  it("take numbers, dates and booleans as texts, as query strings have them", async () => {
    const index = await filled(provider, version("texts", 1), [
      { id: "a", pages: 12, price: { eur: 4.5 }, published: "2020-01-02", in_stock: true },
    ])
    for (const filters of [
      { pages: "12" },
      { "price.eur": { $lt: "4.51" } },
      { published: { $gt: String(Date.parse("2020-01-01")) } },
      { in_stock: "true" },
    ]) {
      expect(await findIds(provider.service, index, { filters })).toEqual(["a"])
    }
    expect(await findIds(provider.service, index, { filters: { in_stock: "false" } })).toEqual([])
  })

  it("find thousands of ids in one list, in a hybrid search too", async () => {
    const index = await filled(provider, version("long", 1), [
      { id: "a", title: "whale", embedding: "whale" } satisfies Book,
    ])
    const id = ["a", ...Array.from({ length: 9_000 }, (_, i) => `other_${i}`)]
    expect(await findIds(provider.service, index, { q: "whale", filters: { id } })).toEqual(["a"])
    expect((await find(provider.service, index, { filters: { id: { $nin: id } } })).hits).toEqual(
      []
    )
  })
})
