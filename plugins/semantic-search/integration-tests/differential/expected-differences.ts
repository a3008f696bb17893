import type { SearchTypes } from "@medusajs/framework/types"
import type { Book, Query } from "../pgvector/books"

/** Something that the two providers answer differently, and why this one answers as it does. */
export interface ExpectedDifference {
  /** What is asked. */
  what: string
  /** What `search-postgres` answers. */
  native: string
  /** What this provider answers. */
  ours: string
  reason: string
  /** Whether it can make the answers to a query differ. */
  concerns(query: Query): boolean
  /** Books and a query that show it: the list must not outlive what it speaks of. */
  example: { books: Omit<Book, "id">[]; query: Query }
}

/** Fields that each of the compared books has. */
export const NEVER_MISSING = ["title", "in_stock"]

type Filters = SearchTypes.SearchFilters
/** A condition on one field, with the groups that it stands in, outermost first. */
interface Condition {
  field: string
  operator: string
  operand: unknown
  groups: string[]
}

const isGroup = (key: string) => key === "$and" || key === "$or" || key === "$not"

/** The conditions of a filter tree; a group that holds none is a condition of its own. */
function* conditions(filters: Filters | undefined, groups: string[] = []): Generator<Condition> {
  const entries = Object.entries(filters ?? {})
  if (!entries.length) {
    yield { field: "", operator: "nothing", operand: undefined, groups }
  }
  for (const [key, value] of entries) {
    if (isGroup(key)) {
      const branches = (Array.isArray(value) ? value : [value]) as Filters[]
      if (!branches.length) {
        yield { field: "", operator: "nothing", operand: undefined, groups: [...groups, key] }
      }
      for (const branch of branches) {
        yield* conditions(branch, [...groups, key])
      }
    } else if (value === null || typeof value !== "object" || Array.isArray(value)) {
      yield { field: key, operator: "$in", operand: value, groups }
    } else if (value instanceof Date) {
      yield { field: key, operator: "a date", operand: value, groups }
    } else {
      for (const [operator, operand] of Object.entries(value)) {
        yield { field: key, operator, operand, groups }
      }
    }
  }
}

const someCondition = (query: Query, holds: (condition: Condition) => boolean) =>
  [...conditions(query.filters)].some(holds)

const someFacet = (query: Query, holds: (facet: SearchTypes.SearchFacetRequest) => boolean) =>
  (query.search_options?.facets ?? []).some((facet) => typeof facet === "object" && holds(facet))

const listOf = (operand: unknown) => (Array.isArray(operand) ? operand : [operand])

/** Operators whose comparison with a missing value is neither true nor false in SQL. */
const COMPARISONS = ["$gt", "$gte", "$lt", "$lte", "$prefix", "$like"]

export const EXPECTED_DIFFERENCES: ExpectedDifference[] = [
  {
    what: "several words without a `match_strategy`",
    native: "each must occur, as with `all`",
    ours: "some must occur, rare words rather than common ones",
    reason: "a question of ten words names things that no single text has all of",
    // Each of the generated queries names its strategy.
    concerns: () => false,
    example: {
      books: [{ title: "The whale and the garden" }],
      query: {
        q: "a robot, a dragon and a whale drink tea in a garden",
        search_options: { typo_tolerance: false },
      },
    },
  },
  {
    what: "a date in a filter, as ISO text or `Date`",
    native: "an error, unless it is `$gt` … `$nin` with a `Date`",
    ours: "the date, like its milliseconds",
    reason: "query strings and JSON bodies carry dates as text",
    concerns: (query) =>
      someCondition(
        query,
        ({ field, operand }) =>
          field === "published" &&
          listOf(operand).some((one) => one instanceof Date || typeof one === "string")
      ),
    example: {
      books: [{ published: "1851-10-18" }],
      query: { filters: { published: { $gte: "1851-01-01" } } },
    },
  },
  {
    what: "`$not` around a comparison, `$prefix` or `$like`, on a document without the field",
    native: "no match",
    ours: "a match",
    reason: "what doesn't match a condition matches its negation, as with `$ne` and `$nin`",
    concerns: (query) =>
      someCondition(
        query,
        ({ operator, groups }) => groups.includes("$not") && COMPARISONS.includes(operator)
      ),
    example: { books: [{ pages: null }], query: { filters: { $not: { pages: { $gt: 3 } } } } },
  },
  {
    what: "an empty group inside `$or` or `$not`",
    native: "left out, as if it weren't there",
    ours: "true, as it demands nothing",
    reason: "leaving it out of `$or` makes the filter stricter, out of `$not` the opposite",
    concerns: (query) =>
      someCondition(
        query,
        ({ operator, groups }) =>
          operator === "nothing" && groups.some((group) => group === "$or" || group === "$not")
      ),
    example: { books: [{ genre: "a" }], query: { filters: { $or: [{}, { genre: "b" }] } } },
  },
  {
    what: "`$prefix` with `%`, `_` or a backslash",
    native: "wildcards",
    ours: "the characters themselves",
    reason: "a beginning isn't a pattern; `$like` takes patterns",
    concerns: (query) =>
      someCondition(
        query,
        ({ operator, operand }) => operator === "$prefix" && /[%_\\]/.test(String(operand))
      ),
    example: { books: [{ code: "ab" }], query: { filters: { code: { $prefix: "_b" } } } },
  },
  {
    what: "`$contains` with no value, on a document without the field",
    native: "no match",
    ours: "a match",
    reason: "it demands nothing",
    concerns: (query) =>
      someCondition(
        query,
        ({ operator, operand }) => operator === "$contains" && listOf(operand).length === 0
      ),
    example: { books: [{ tags: null }], query: { filters: { tags: { $contains: [] } } } },
  },
  {
    what: "the `count` of a stats facet",
    native: "all matching documents",
    ours: "those that have a value",
    reason: "average times count is the sum",
    // The comparison leaves it out, and compares the other figures.
    concerns: () => false,
    example: {
      books: [{ pages: 3 }, { pages: null }],
      query: { search_options: { facets: [{ field: "pages", type: "stats" }] } },
    },
  },
  {
    what: "a range without bounds in a range facet",
    native: "all matching documents",
    ours: "those that have a value",
    reason: "a document without a value is in no range",
    concerns: (query) =>
      someFacet(
        query,
        (facet) =>
          facet.type === "range" &&
          facet.ranges.some(({ from, to }) => from === undefined && to === undefined)
      ),
    example: {
      books: [{ pages: 3 }, { pages: null }],
      query: { search_options: { facets: [{ field: "pages", type: "range", ranges: [{}] }] } },
    },
  },
  {
    what: "the `query` of a value facet",
    native: "a beginning, in the same case, with `%` and `_` as wildcards",
    ours: "a part, in any case, with or without accents",
    reason: 'shoppers look for "bronte" among the authors, not for "Charlotte Bront"',
    concerns: (query) => someFacet(query, (facet) => "query" in facet && !!facet.query),
    example: {
      books: [{ authors: ["Charlotte Brontë"] }],
      query: { search_options: { facets: [{ field: "authors", type: "value", query: "bronte" }] } },
    },
  },
  {
    what: "a value that a document holds twice, in a value facet",
    native: "counted twice",
    ours: "counted once",
    reason: "a count is of documents: choosing the value shows as many",
    // Of the documents, not the query: the generated books hold each value once.
    concerns: () => false,
    example: {
      books: [{ tags: ["red", "red"] }],
      query: { search_options: { facets: [{ field: "tags", type: "value" }] } },
    },
  },
  {
    what: '`match_strategy: "last"` with a word twice, such as "gard gard"',
    native: "the first must occur in full",
    ours: "one word, which may be unfinished",
    reason: "saying a word twice asks for no more than saying it once",
    concerns: ({ q, search_options }) => {
      const words = (q ?? "").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(" ")
      return search_options?.match_strategy === "last" && new Set(words).size < words.length
    },
    example: {
      books: [{ title: "A garden" }],
      query: { q: "gard gard", search_options: { match_strategy: "last", typo_tolerance: false } },
    },
  },
  {
    what: "the facets of a query with `distinct`",
    native: "of all matching documents",
    ours: "of those that are shown",
    reason: "hits, count and facets are of one set",
    concerns: ({ search_options }) => !!search_options?.distinct && !!search_options.facets?.length,
    example: {
      books: [
        { genre: "a", pages: 1 },
        { genre: "a", pages: 2 },
      ],
      query: { search_options: { distinct: "genre", facets: [{ field: "pages", type: "value" }] } },
    },
  },
  {
    what: "documents without a value for `distinct`",
    native: "one of them is shown (in hybrid mode each)",
    ours: "each is shown",
    reason: "they have nothing in common",
    concerns: ({ search_options }) =>
      !!search_options?.distinct && !NEVER_MISSING.includes(search_options.distinct),
    example: {
      books: [{ genre: null }, { genre: null }],
      query: { search_options: { distinct: "genre" } },
    },
  },
]
