import { MedusaError } from "@medusajs/framework/utils"
import { filled, find, type Query, version } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { DIMENSIONS } from "./scripted-embedder"

let database: TestDatabase
let provider: Provider
let index: ReturnType<typeof version>

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
  index = await filled(provider, version("bad", 1), [
    {
      id: "a",
      title: "Whale",
      genre: "sea",
      code: "a\\",
      tags: ["red"],
      pages: 1,
      embedding: "whale",
    },
  ])
})
afterAll(() => database.close())

const { INVALID_DATA, NOT_ALLOWED } = MedusaError.Types

function nested(depth: number): Record<string, unknown> {
  let filters: Record<string, unknown> = { pages: 1 }
  for (let i = 0; i < depth; i++) {
    filters = { $and: [filters] }
  }
  return filters
}

const repeated = (value: string): string[] => new Array(10_000).fill(value)
const ranges = (count: number) => Array.from({ length: count }, (_, from) => ({ from }))

/** What must be answered with a 400 and a sentence that names the culprit, never with a 500. */
const REFUSED: [string, unknown, string, string][] = [
  ["a number as query", { q: 5 }, INVALID_DATA, `"q" takes a text`],
  ["a list as query", { q: ["whale"] }, INVALID_DATA, `"q" takes a text`],
  ["NUL in the query", { q: "a\0" }, INVALID_DATA, `"q" holds control characters`],
  ["an escape sequence in the query", { q: "a\u001b[1m" }, INVALID_DATA, "control characters"],
  [
    "a very long query",
    { q: "x".repeat(10_000) },
    INVALID_DATA,
    "10000 characters; the most is 1000",
  ],
  ["a negative skip", { pagination: { skip: -1 } }, INVALID_DATA, "pagination.skip"],
  ["a fraction as take", { pagination: { take: 1.5 } }, INVALID_DATA, "pagination.take"],
  ["a text as take", { pagination: { take: "5" } }, INVALID_DATA, "pagination.take"],
  ["an astronomic skip", { pagination: { skip: 1e300 } }, INVALID_DATA, "pagination.skip"],
  [
    "a cursor beside an offset",
    { pagination: { cursor: "x", skip: 1 } },
    INVALID_DATA,
    "pagination takes either skip or cursor",
  ],
  [
    "no direction of an order",
    { pagination: { order: { pages: "desc" } } },
    INVALID_DATA,
    `"pages"`,
  ],
  [
    "an unknown field to order by",
    { pagination: { order: { nope: "ASC" } } },
    INVALID_DATA,
    `"nope"`,
  ],
  ["an unknown field to filter by", { filters: { nope: 1 } }, INVALID_DATA, `"nope"`],
  [
    "a field that isn't filterable",
    { filters: { description: "x" } },
    INVALID_DATA,
    `"description"`,
  ],
  ["an unknown operator", { filters: { pages: { $near: 1 } } }, NOT_ALLOWED, `"$near" on "pages"`],
  ["no operator", { filters: { pages: {} } }, INVALID_DATA, `"pages" holds no operator`],
  ["$or that is no list", { filters: { $or: { pages: 1 } } }, INVALID_DATA, `"$or"`],
  ["$and of texts", { filters: { $and: ["x"] } }, INVALID_DATA, `"$and"`],
  ["$not of a list", { filters: { $not: [] } }, INVALID_DATA, `"$not"`],
  ["a text for a number", { filters: { pages: "many" } }, INVALID_DATA, `"many" is no number`],
  ["an infinite number", { filters: { pages: { $gt: Infinity } } }, INVALID_DATA, `"pages"`],
  ["null to compare with", { filters: { pages: { $lt: null } } }, INVALID_DATA, `"pages"`],
  ["a text for a date", { filters: { published: "soon" } }, INVALID_DATA, `"soon" is no date`],
  ["a text with a number in it", { filters: { published: "soon 5" } }, INVALID_DATA, `"soon 5"`],
  ["the name of a month", { filters: { published: { $gt: "May 2020" } } }, INVALID_DATA, "ISO"],
  [
    "a text for a boolean",
    { filters: { in_stock: "yes" } },
    INVALID_DATA,
    `"in_stock" takes true or false`,
  ],
  ["an object for a text", { filters: { genre: [{}] } }, INVALID_DATA, `"genre" takes a text`],
  ["NUL in a filter", { filters: { genre: "\0" } }, INVALID_DATA, `"genre" holds a NUL`],
  ["order on a list", { filters: { tags: { $gt: "a" } } }, NOT_ALLOWED, `"tags"`],
  ["order on a boolean", { filters: { in_stock: { $lte: true } } }, NOT_ALLOWED, `"in_stock"`],
  [
    "$contains on a single value",
    { filters: { genre: { $contains: "a" } } },
    NOT_ALLOWED,
    `"genre"`,
  ],
  ["$like on a number", { filters: { pages: { $like: "1%" } } }, NOT_ALLOWED, `"pages"`],
  ["$prefix on a list", { filters: { tags: { $prefix: "r" } } }, NOT_ALLOWED, `"tags"`],
  [
    "a pattern ending in a backslash",
    { filters: { code: { $like: "a\\" } } },
    INVALID_DATA,
    `"code"`,
  ],
  [
    "$exists of a text",
    { filters: { pages: { $exists: "no" } } },
    INVALID_DATA,
    `"$exists" on "pages"`,
  ],
  [
    "more filter values than a statement takes",
    { q: "whale", filters: { id: Array.from({ length: 40_000 }, (_, i) => `${i}`) } },
    INVALID_DATA,
    "40000 values",
  ],
  ["filters nested without end", { filters: nested(5_000) }, INVALID_DATA, "nested"],
  ["an unknown facet", { search_options: { facets: ["nope"] } }, INVALID_DATA, `"nope"`],
  [
    "NUL in a facet's query",
    { search_options: { facets: [{ field: "genre", query: "\0" }] } },
    INVALID_DATA,
    `facet on "genre"`,
  ],
  [
    "a number as a facet's query",
    { search_options: { facets: [{ field: "genre", query: 5 }] } },
    INVALID_DATA,
    `facet on "genre"`,
  ],
  ...[-1, 0, 1.5, Number.NaN, "5"].map((limit): [string, unknown, string, string] => [
    `${limit} values of a facet`,
    { search_options: { facets: [{ field: "genre", limit }] } },
    INVALID_DATA,
    `facet on "genre"`,
  ]),
  [
    "no ranges of a range facet",
    { search_options: { facets: [{ field: "pages", type: "range" }] } },
    INVALID_DATA,
    `"pages"`,
  ],
  [
    "thousands of ranges",
    { search_options: { facets: [{ field: "pages", type: "range", ranges: ranges(5_000) }] } },
    INVALID_DATA,
    "5000 ranges",
  ],
  [
    "a range of texts",
    { search_options: { facets: [{ field: "genre", type: "range", ranges: [] }] } },
    INVALID_DATA,
    `"genre"`,
  ],
  [
    "a bound that is no number",
    { search_options: { facets: [{ field: "pages", type: "range", ranges: [{ from: "few" }] }] } },
    INVALID_DATA,
    `"few"`,
  ],
  [
    "an empty bound",
    { search_options: { facets: [{ field: "pages", type: "range", ranges: [{ to: "" }] }] } },
    INVALID_DATA,
    `"pages"`,
  ],
  ...[" ", null, true].map((from): [string, unknown, string, string] => [
    `${JSON.stringify(from)} as a bound`,
    { search_options: { facets: [{ field: "pages", type: "range", ranges: [{ from }] }] } },
    INVALID_DATA,
    `"pages"`,
  ]),
  [
    "statistics of a list",
    { search_options: { facets: [{ field: "ratings", type: "stats" }] } },
    INVALID_DATA,
    `"ratings"`,
  ],
  [
    "a list to deduplicate by",
    { search_options: { distinct: "tags" } },
    INVALID_DATA,
    `can't be deduplicated by "tags"`,
  ],
  [
    "a tag that runs what it marks",
    { q: "whale", search_options: { highlight: { fields: ["title"], pre_tag: "<script>" } } },
    INVALID_DATA,
    "search_options.highlight.pre_tag",
  ],
  [
    "an unknown field to deduplicate by",
    { search_options: { distinct: "nope" } },
    INVALID_DATA,
    `"nope"`,
  ],
  [
    "a least score that is no number",
    { search_options: { min_score: "high" } },
    INVALID_DATA,
    "search_options.min_score takes a number",
  ],
  [
    "a locale that Postgres can't stem",
    { search_options: { locales: ["tlh"] } },
    INVALID_DATA,
    `names the locale "tlh"`,
  ],
  [
    "a text as locales",
    { search_options: { locales: "de" } },
    INVALID_DATA,
    "search_options.locales takes a list",
  ],
  [
    "an unknown match strategy",
    { q: "whale", search_options: { match_strategy: "most" } },
    INVALID_DATA,
    `search_options.match_strategy`,
  ],
  ...[-0.1, 1.1, Number.NaN, "0.5"].map((ratio): [string, unknown, string, string] => [
    `${JSON.stringify(ratio)} as a semantic ratio`,
    { q: "whale", search_options: { vector: { query: "whale", semantic_ratio: ratio } } },
    INVALID_DATA,
    "search_options.vector.semantic_ratio",
  ]),
  [
    "a field to deduplicate by that has no column",
    { search_options: { distinct: "description" } },
    INVALID_DATA,
    "filterable, sortable or facetable",
  ],
  [
    "attributes that aren't searched",
    { search_options: { attributes_to_search_on: ["genre"] } },
    INVALID_DATA,
    `attributes_to_search_on names "genre"`,
  ],
  [
    "a cursor that isn't one",
    { pagination: { cursor: "abc" } },
    INVALID_DATA,
    "pagination.cursor is none that this search gave",
  ],
  [
    "the cursor of another query",
    { pagination: { cursor: Buffer.from('["other",0.5,"a"]').toString("base64url") } },
    INVALID_DATA,
    "pagination.cursor belongs to another query",
  ],
  [
    "a vector field that isn't there",
    { search_options: { vector: { field: "nope", query: "x" } } },
    INVALID_DATA,
    `"nope"`,
  ],
  [
    "an empty text to embed",
    { search_options: { vector: { query: " " } } },
    INVALID_DATA,
    "search_options.vector.query is empty",
  ],
  ...(
    [
      ["of another length", [1, 2]],
      ["of zeros", new Array(DIMENSIONS).fill(0)],
      ["of zeros, but for what single precision can't hold", new Array(DIMENSIONS).fill(1e-50)],
      ["beyond single precision", new Array(DIMENSIONS).fill(1e39)],
      ["with NaN", new Array(DIMENSIONS).fill(Number.NaN)],
      ["of texts", new Array(DIMENSIONS).fill("1; DROP TABLE x")],
    ] as const
  ).map(([what, value]): [string, unknown, string, string] => [
    `a vector ${what}`,
    { search_options: { vector: { value } } },
    INVALID_DATA,
    "search_options.vector.value",
  ]),
]

describe("a search is refused for", () => {
  it.each(REFUSED)("%s", async (_, query, type, message) => {
    await expect(find(provider.service, index, query as Query)).rejects.toMatchObject({
      type,
      message: expect.stringContaining(message),
    })
  })
})

describe("a search goes on with", () => {
  it.each<[string, unknown]>([
    ["half an emoji", { q: "whale \ud83d" }],
    ["quotes and placeholders", { q: `?? $1 :x "whale' \\` }],
    ["SQL in a filter", { filters: { genre: `'; DROP TABLE semantic_search_index; --` } }],
    ["placeholders in a filter", { filters: { code: { $in: ["?", "??", ":a", "$1", "\\?"] } } }],
    [
      "a vector too large to have a length",
      { search_options: { vector: { value: new Array(DIMENSIONS).fill(1e38) } } },
    ],
    ["filters nested fifty times", { filters: nested(50) }],
    ["fields named ten thousand times", { attributes_to_retrieve: repeated("title") }],
    [
      "attributes named ten thousand times",
      { q: "whale", search_options: { attributes_to_search_on: repeated("title") } },
    ],
    [
      "a facet named ten thousand times",
      { search_options: { facets: repeated("genre").map((field) => ({ field })) } },
    ],
    [
      "two hundred ranges",
      { search_options: { facets: [{ field: "pages", type: "range", ranges: ranges(200) }] } },
    ],
    ["unset options", { search_options: { highlight: false, locales: [], distinct: undefined } }],
  ])("%s", async (_, query) => {
    const { metadata } = await find(provider.service, index, query as Query)
    expect(metadata.count).toBeLessThanOrEqual(1)
    expect((await find(provider.service, index)).metadata.count).toBe(1)
  })
})
