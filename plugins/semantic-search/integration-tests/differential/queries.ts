import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import { filters } from "../pgvector/arbitraries"
import type { Query } from "../pgvector/books"

/*
 * Random queries of everything that both providers can express, over the books of `pgvector/books.ts`.
 */

/** Words of the books, forms of them, beginnings of them, stop words, and words that no book has. */
const word = fc.constantFrom(
  ...["whale", "robot", "murder", "love", "garden", "dragon", "soup", "war", "tea", "zeal"],
  ...["Whales", "MURDERED", "gardening", "drágon", "dra", "te", "g", "the", "of", "unicorn"]
)

const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(" "))

const SORTABLE = ["title", "genre", "pages", "price.eur", "published"]
const direction = fc.constantFrom<SearchTypes.SearchOrderBy>("ASC", "DESC")
const order = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...SORTABLE), direction), {
    minLength: 1,
    maxLength: 3,
    selector: ([field]) => field,
  })
  .map((pairs) => Object.fromEntries(pairs))

const valueFacet = fc.record(
  {
    field: fc.constantFrom("genre", "tags", "pages", "ratings", "in_stock"),
    type: fc.constant("value" as const),
    limit: fc.integer({ min: 1, max: 12 }),
    sort: fc.constantFrom("count" as const, "alpha" as const),
    query: fc.constantFrom("r", "Re", "%", "b", "_"),
  },
  { requiredKeys: ["field", "type"] }
)
const bound = fc.integer({ min: -3, max: 13 })
const rangeFacet = fc.record({
  field: fc.constantFrom("pages", "price.eur"),
  type: fc.constant("range" as const),
  ranges: fc.array(
    fc.record(
      { key: fc.constantFrom("low", "high"), from: bound, to: bound },
      { requiredKeys: [] }
    ),
    { minLength: 1, maxLength: 4 }
  ),
})
const statsFacet = fc.record({
  field: fc.constantFrom("pages", "price.eur", "published"),
  type: fc.constant("stats" as const),
})
const facet: fc.Arbitrary<SearchTypes.SearchFacetRequest> = fc.oneof(
  { weight: 2, arbitrary: valueFacet },
  rangeFacet,
  statsFacet
)
// An answer holds facets by field, so one field is asked once.
const facets = fc.uniqueArray(facet, { maxLength: 3, selector: ({ field }) => field })

/** How hits are asked for: pages need an order in which both providers agree. */
const paging = fc.oneof(
  fc.constant({ take: 100 }),
  fc.record({
    take: fc.integer({ min: 0, max: 20 }),
    skip: fc.integer({ min: 0, max: 70 }),
    order,
  }),
  order.map((all) => ({ take: 100, order: all }))
)

const searchOptions = fc.record(
  {
    match_strategy: fc.constantFrom<SearchTypes.SearchMatchStrategy>("all", "any", "last"),
    count: fc.constantFrom<SearchTypes.SearchCountStrategy>("exact", "estimated", "none"),
    facets,
    // Tolerance is what the two providers mean by it; here each finds what is spelt right.
    typo_tolerance: fc.constant(false),
    attributes_to_search_on: fc.subarray(["title", "description"], { minLength: 1 }),
    distinct: fc.constantFrom("title", "in_stock", "genre"),
  },
  { requiredKeys: ["match_strategy", "count", "facets", "typo_tolerance"] }
)

export const query: fc.Arbitrary<Query> = fc.record({
  q: fc.option(words, { nil: undefined }),
  filters: fc.option(filters, { nil: undefined }),
  pagination: paging,
  search_options: searchOptions,
})
