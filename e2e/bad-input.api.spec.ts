import type { Answer } from "./helpers/http"
import { expect, test } from "./helpers/test"

const TEN_THOUSAND = "a".repeat(10_000)
const NUL = "\u0000"
const BELL = "\u0007"

/** A request that a shop must refuse in words. */
interface Case {
  what: string
  body: unknown
}

const product = (query: Record<string, unknown>) => ({ entity: "product", ...query })

const SEARCHES: Case[] = [
  { what: "10,000 characters", body: product({ filters: { q: TEN_THOUSAND } }) },
  { what: "a NUL in q", body: product({ filters: { q: `wh${NUL}ale` } }) },
  { what: "a control character in q", body: product({ filters: { q: `wh${BELL}ale` } }) },
  { what: "a number as q", body: product({ filters: { q: 7 } }) },
  { what: "a list as q", body: product({ filters: { q: ["whale"] } }) },
  { what: "an object as q", body: product({ filters: { q: { $eq: "whale" } } }) },
  { what: "a filter on an unknown field", body: product({ filters: { colour: "red" } }) },
  { what: "an unknown operator", body: product({ filters: { year: { $near: 1851 } } }) },
  { what: "a text for a number", body: product({ filters: { year: { $gte: "soon" } } }) },
  { what: "a text for a boolean", body: product({ filters: { in_stock: "maybe" } }) },
  { what: "a text for a date", body: product({ filters: { created_at: { $gt: "soon" } } }) },
  { what: "a NUL in a filter", body: product({ filters: { authors: `Mel${NUL}ville` } }) },
  { what: "a NUL in a list of a filter", body: product({ filters: { tags: [`da${NUL}rk`] } }) },
  { what: "a NUL in a prefix", body: product({ filters: { handle: { $prefix: `mo${NUL}` } } }) },
  { what: "an object as $or", body: product({ filters: { $or: { language: "en" } } }) },
  { what: "a text as $and", body: product({ filters: { $and: "language" } }) },
  { what: "a text as filters", body: product({ filters: "language" }) },
  { what: "a negative skip", body: product({ pagination: { skip: -1 } }) },
  { what: "half a page", body: product({ pagination: { take: 1.5 } }) },
  { what: "a page of a million", body: product({ pagination: { take: 1_000_000 } }) },
  { what: "a skip beyond any number of books", body: product({ pagination: { skip: 1e20 } }) },
  { what: "a text as take", body: product({ pagination: { take: "20" } }) },
  {
    what: "an order by an unknown field",
    body: product({ pagination: { order: { colour: "ASC" } } }),
  },
  { what: "an order in no direction", body: product({ pagination: { order: { year: "up" } } }) },
  { what: "a cursor", body: product({ filters: { q: "whale" }, pagination: { cursor: "abc" } }) },
  { what: "an unknown facet", body: product({ search_options: { facets: ["colour"] } }) },
  {
    what: "a range facet without numbers",
    body: product({
      search_options: { facets: [{ field: "year", type: "range", ranges: [{ from: "soon" }] }] },
    }),
  },
  {
    what: "a NUL in a facet's query",
    body: product({ search_options: { facets: [{ field: "authors", query: NUL }] } }),
  },
  {
    what: "highlights by an element that loads something",
    body: product({
      filters: { q: "whale" },
      search_options: { highlight: { fields: ["title"], pre_tag: "<img src=x onerror=alert(1)>" } },
    }),
  },
  {
    what: "locales",
    body: product({ filters: { q: "whale" }, search_options: { locales: ["tlh"] } }),
  },
  {
    what: "distinct",
    body: product({ filters: { q: "whale" }, search_options: { distinct: "authors" } }),
  },
  {
    what: "a lowest score",
    body: product({ filters: { q: "whale" }, search_options: { min_score: "high" } }),
  },
  {
    what: "an unknown strategy",
    body: product({ filters: { q: "whale" }, search_options: { match_strategy: "most" } }),
  },
  {
    what: "a vector of the wrong length",
    body: product({ search_options: { vector: { value: [1, 2, 3] } } }),
  },
  {
    what: "a share of meaning above 1",
    body: product({ search_options: { vector: { query: "whale", semantic_ratio: 2 } } }),
  },
  {
    what: "a NUL in a query by meaning",
    body: product({ search_options: { vector: { query: NUL } } }),
  },
  {
    what: "10,000 characters by meaning",
    body: product({ search_options: { vector: { query: TEN_THOUSAND } } }),
  },
  { what: "an unknown option", body: product({ search_options: { colour: true } }) },
  { what: "a field that isn't given out", body: product({ fields: ["embedding"] }) },
  { what: "an unknown index", body: { entity: "secrets" } },
  { what: "no index at all", body: {} },
  { what: "no queries", body: { queries: [] } },
  { what: "too many queries", body: { queries: Array.from({ length: 21 }, () => product({})) } },
  { what: "broken JSON", body: '{"entity": "product"' },
]

const question = (text: unknown) => ({
  messages: [{ id: "1", role: "user", parts: [{ type: "text", text }] }],
})

const QUESTIONS: Case[] = [
  { what: "an empty question", body: question("") },
  { what: "a question of spaces", body: question("  \n ") },
  { what: "10,000 characters", body: question(TEN_THOUSAND) },
  { what: "a number as a question", body: question(7) },
  { what: "a NUL in a question", body: question(`A wh${NUL}ale`) },
  { what: "no message", body: { messages: [] } },
  { what: "no messages at all", body: {} },
  { what: "a text as messages", body: { messages: "A whale" } },
  { what: "a text as parts", body: { messages: [{ id: "1", role: "user", parts: "A whale" }] } },
  { what: "a message without parts", body: { messages: [{ id: "1", role: "user" }] } },
  {
    what: "a speaker that there isn't",
    body: {
      messages: [{ id: "1", role: "owner", parts: [{ type: "text", text: "A whale" }] }],
    },
  },
  {
    what: "an answer in place of a question",
    body: {
      messages: [{ id: "1", role: "assistant", parts: [{ type: "text", text: "A whale" }] }],
    },
  },
  { what: "a number as a currency", body: { ...question("A whale"), currency_code: 7 } },
  { what: "broken JSON", body: '{"messages": [' },
]

/** A refusal says in a sentence what is wrong, and never shows the machine's insides. */
function expectRefusal({ status, body }: Answer): void {
  const answer = JSON.stringify(body)
  expect(status, answer).toBeGreaterThanOrEqual(400)
  expect(status, answer).toBeLessThan(500)
  expect(body, answer).toMatchObject({ message: expect.stringMatching(/\w+ \w+/) })
  expect(answer).not.toMatch(/node_modules|syntax error|\bat \S+ \(|select .* from/i)
}

test.describe("the search refuses", () => {
  for (const { what, body } of SEARCHES) {
    test(what, async ({ search }) => {
      expectRefusal(await search.post("/search", body))
    })
  }

  test("who has no publishable key", async ({ search }) => {
    expectRefusal(await search.post("/search", product({}), { key: null }))
  })

  test("who has a wrong publishable key", async ({ search }) => {
    expectRefusal(await search.post("/search", product({}), { key: "pk_wrong" }))
  })
})

test.describe("the assistant refuses", () => {
  for (const { what, body } of QUESTIONS) {
    test(what, async ({ search }) => {
      const answer = await search.post("/assistant", body)
      expectRefusal(answer)
      expect(answer.status, "the route is there").not.toBe(404)
    })
  }

  test("who has no publishable key", async ({ search }) => {
    expectRefusal(await search.post("/assistant", question("A whale"), { key: null }))
  })
})

test("the assistant takes a question, so that it doesn't refuse just anything", async ({
  search,
}) => {
  const { status, body } = await search.post("/assistant", question("A captain and a whale"))
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body).toMatch(/^data: /)
})

test.describe("the search takes", () => {
  for (const q of ["", "   ", null]) {
    test(`${JSON.stringify(q)} for everything`, async ({ search }) => {
      const everything = await search.run({})
      const empty = await search.run({ filters: { q } })
      expect(everything.metadata.count).toBeGreaterThan(0)
      expect(empty.metadata.count).toBe(everything.metadata.count)
    })
  }

  /** What means something to a query language, but is only text to a shopper. */
  const TEXTS = [
    "'; DROP TABLE product; --",
    "a & | ! <-> :* (",
    "100% _ \\",
    "🐋",
    "%",
    "c++",
    "-",
  ]
  for (const q of TEXTS) {
    test(`${JSON.stringify(q)} as a text`, async ({ search }) => {
      const { status, body } = await search.post("/search", product({ filters: { q } }))
      expect(status, JSON.stringify(body)).toBe(200)
    })
  }

  test("a page after the last one, which is empty", async ({ search }) => {
    const { hits, metadata } = await search.run({
      filters: { q: "whale" },
      pagination: { skip: 100_000 },
    })
    expect(hits).toEqual([])
    expect(metadata.count).toBeGreaterThan(0)
  })
})
