import type { FacetValue, SearchQuery, StoreSearch } from "./helpers/search"
import { byWords } from "./helpers/search"
import { expect, test } from "./helpers/test"

const PAGE = 50
/** More than any of these facets has values, so that none is cut off. */
const ALL_VALUES = 1_000
/** The most values of a facet that are chosen, one after the other. */
const CHOSEN_VALUES = 5

/** By title, author, plot, mood and in other languages; matched by words, by meaning and by both. */
const QUERIES = [
  "love",
  "bronte",
  "murder",
  "dragons and magic",
  "a captain obsessed with a white whale",
  "cosy murder in an English village",
  "something funny for a rainy day",
  "the history of Rome",
  "learn to program a computer",
  "la guerra",
  "ein Mann wacht als Insekt auf",
  "roman d'amour",
]

const FACETS = ["language", "in_stock", "category_handles", "formats"]
/** Fields of which every book has exactly one value. */
const SINGLE_VALUED = ["language", "in_stock"]

const facetOptions = {
  facets: FACETS.map((field) => ({ field, limit: ALL_VALUES })),
}

/** Goes through all pages of a query. */
async function readPages(search: StoreSearch, query: SearchQuery) {
  const ids: string[] = []
  const counts = new Set<number>()
  for (let skip = 0; ; skip += PAGE) {
    const { hits, metadata } = await search.run({
      ...query,
      pagination: { ...query.pagination, skip, take: PAGE },
    })
    ids.push(...hits.map(({ id }) => id))
    counts.add(metadata.count)
    if (!hits.length) {
      return { ids, counts: [...counts] }
    }
  }
}

async function readFacets(search: StoreSearch, q: string): Promise<Record<string, FacetValue[]>> {
  const { facets } = await search.run({ filters: { q }, search_options: facetOptions })
  return Object.fromEntries(FACETS.map((field) => [field, facets![field].values]))
}

for (const q of QUERIES) {
  test.describe(`"${q}"`, () => {
    test("its pages add up to its count, and none shows a book twice", async ({ search }) => {
      const { ids, counts } = await readPages(search, { filters: { q } })
      expect(counts, "the count is the same on each page").toHaveLength(1)
      expect(ids.length, "the pages hold as many books as the count says").toBe(counts[0])
      expect(new Set(ids).size, "each book once").toBe(ids.length)
      expect(ids.length).toBeGreaterThan(0)
    })

    // A price list would show the doubtful books first, so by a field only the nearer ones are found.
    test("ordered by price it holds no book that it hasn't by relevance", async ({ search }) => {
      const byRelevance = await readPages(search, { filters: { q } })
      const byPrice = await readPages(search, {
        filters: { q },
        pagination: { order: { "prices.eur": "ASC" } },
      })
      expect(byRelevance.ids).toEqual(expect.arrayContaining(byPrice.ids))
      expect(byPrice.counts, "the count is the same on each page").toEqual([byPrice.ids.length])
      expect(byPrice.ids.length).toBeGreaterThan(0)
    })

    test("its facets count the books that it found", async ({ search }) => {
      const { metadata, facets } = await search.run({
        filters: { q },
        search_options: facetOptions,
      })
      for (const field of SINGLE_VALUED) {
        const sum = facets![field].values.reduce((total, { count }) => total + count, 0)
        expect(sum, `"${field}" adds up to the count`).toBe(metadata.count)
      }
      const whole = await readFacets(search, "")
      for (const field of FACETS) {
        const totals = new Map(whole[field].map(({ value, count }) => [value, count]))
        for (const { value, count } of facets![field].values) {
          expect(count, `${field} "${value}" is within its total`).toBeLessThanOrEqual(
            totals.get(value) ?? 0
          )
        }
      }
    })

    test("choosing a value of a facet shows as many books as it promised", async ({ search }) => {
      const facets = await readFacets(search, q)
      for (const field of FACETS) {
        for (const { value, count } of facets[field].slice(0, CHOSEN_VALUES)) {
          const { metadata } = await search.run({ filters: { q, [field]: value } })
          expect(metadata.count, `${field} "${value}"`).toBe(count)
        }
      }
    })

    test("meaning adds to what the words find and takes nothing away", async ({ search }) => {
      const hybrid = await readPages(search, { filters: { q } })
      const words = await readPages(search, { filters: { q }, ...byWords(q) })
      expect(hybrid.ids).toEqual(expect.arrayContaining(words.ids))
    })
  })
}
