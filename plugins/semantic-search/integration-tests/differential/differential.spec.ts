import { readFile } from "node:fs/promises"
import path from "node:path"
import type { SearchTypes } from "@medusajs/framework/types"
import fc from "fast-check"
import * as arbitrary from "../pgvector/arbitraries"
import { type Book, find, keywordVersion, type Query, write } from "../pgvector/books"
import { openDatabase, type Provider, type TestDatabase } from "../pgvector/harness"
import { EXPECTED_DIFFERENCES } from "./expected-differences"
import { type NativeProvider, openNativeProvider } from "./native-provider"
import { query as queries } from "./queries"

type Index = ReturnType<typeof keywordVersion>
type Result = SearchTypes.SearchResult

let database: TestDatabase
let ours: Provider
let native: NativeProvider

const DOCUMENT = path.join(__dirname, "../../../../docs/differences-from-search-postgres.md")
const CATALOGUE_SIZE = 80
/** Queries that no expected difference concerns, for each seed. */
const COMPARED = 400
const SHARE_WITH_HITS = 0.25
const FIXED_SEED = 2_026
/** Decimals in which sums of the same numbers in another order agree. */
const DECIMALS = 6

beforeAll(async () => {
  database = await openDatabase()
  ours = database.provider()
  native = await openNativeProvider(database)
})
afterAll(async () => {
  await native?.close()
  await database?.close()
})

/** The same index in both providers, with the same books. */
async function filled(name: string, books: Book[]): Promise<Index> {
  const index = keywordVersion(name, 1)
  for (const service of [ours.service, native.service]) {
    await service.upsertIndex({ index })
    await write(service as never, index, books)
  }
  return index
}

async function both(index: Index, query: Query): Promise<{ ours: Result; native: Result }> {
  const [mine, theirs] = await Promise.all([
    find(ours.service, index, query),
    find(native.service as never, index, query),
  ])
  return { ours: mine, native: theirs }
}

/** The values of some fields of each hit. */
function valuesOf({ hits }: Result, fields: string[]) {
  return hits.map(({ document }) =>
    fields.map((field) => {
      const value = field
        .split(".")
        .reduce<unknown>((parent, key) => (parent as Record<string, unknown>)?.[key], document)
      return field === "published" && value ? Date.parse(value as string) : (value ?? null)
    })
  )
}

const rounded = (value: unknown) =>
  typeof value === "number" ? Number(value.toFixed(DECIMALS)) : value

/** Without the count of stats, which is an expected difference. */
function comparableFacets(facets: Result["facets"]) {
  const entries = Object.entries(facets ?? {}).map(([field, facet]) => [
    field,
    facet.type === "stats" ? { ...facet, count: undefined } : facet,
  ])
  return JSON.parse(JSON.stringify(Object.fromEntries(entries), (_, value) => rounded(value)))
}

/**
 * What of an answer both providers must agree on: the page, where order is defined, else the set of
 * hits; the count; the facets. Of documents with the same distinct value the first in the order is
 * shown, which equals leave open.
 */
function comparable(result: Result, { q, pagination, search_options }: Query) {
  const order = Object.keys(pagination?.order ?? {})
  const ids = result.hits.map(({ id }) => id)
  const { distinct } = search_options ?? {}
  const whole = (pagination?.skip ?? 0) === 0 && pagination!.take! > CATALOGUE_SIZE
  const ordered = q || order.length ? [...ids].sort() : ids
  return {
    hits: ids.length,
    ids: whole && !(distinct && (q || order.length)) ? ordered : undefined,
    distinct: whole && distinct ? valuesOf(result, [distinct]).map(String).sort() : undefined,
    order: valuesOf(result, order),
    count: result.metadata.count,
    facets: comparableFacets(result.facets),
  }
}

const once = <T>(values: T[] | null | undefined) => values && [...new Set(values)]

async function compare(seed: number): Promise<void> {
  const [catalogue] = fc.sample(arbitrary.books(CATALOGUE_SIZE), { seed, numRuns: 1 })
  const books = catalogue.map((book) => ({
    ...book,
    // See NEVER_MISSING.
    title: book.title ?? "untitled",
    in_stock: book.in_stock ?? false,
    tags: once(book.tags),
    ratings: once(book.ratings),
  }))
  const index = await filled(`seed_${seed}`, books)
  let withHits = 0
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      fc.pre(!EXPECTED_DIFFERENCES.some(({ concerns }) => concerns(query)))
      const answers = await both(index, query)
      withHits += answers.native.hits.length ? 1 : 0
      expect({ query, ...comparable(answers.ours, query) }).toEqual({
        query,
        ...comparable(answers.native, query),
      })
    }),
    { seed, numRuns: COMPARED, endOnFailure: true }
  )
  // Agreement about nothing would prove little.
  expect(withHits).toBeGreaterThan(COMPARED * SHARE_WITH_HITS)
}

describe(`${COMPARED} queries that both providers can express`, () => {
  it("have the same hits, counts and facets, by a fixed seed", () => compare(FIXED_SEED))

  it("have the same hits, counts and facets, by a seed of this run", async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    console.log(`Differential test: seed ${seed}`)
    await compare(seed)
  })
})

describe("what the two providers answer differently", () => {
  it.each(EXPECTED_DIFFERENCES.map((difference, i) => ({ ...difference, i })))(
    "$what",
    async ({ example, i }) => {
      const books = example.books.map((book, n) => ({ id: `b${n}`, ...book }))
      const index = await filled(`difference_${i}`, books)
      const query = { pagination: { take: 100 }, ...example.query }
      const answer = ({ hits, metadata, facets }: Result) => ({
        ids: hits.map(({ id }) => id),
        count: metadata.count,
        facets,
      })
      const mine = answer(await find(ours.service, index, query))
      const theirs = await find(native.service as never, index, query).then(
        answer,
        (error: Error) => error.message
      )
      expect(mine).not.toEqual(theirs)
    }
  )
})

describe("docs/differences-from-search-postgres.md", () => {
  const cells = (row: string) =>
    row
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
      .filter(Boolean)

  it("lists the expected differences, and no others", async () => {
    const text = await readFile(DOCUMENT, "utf8")
    const [, , ...rows] = text.split("\n").filter((line) => line.startsWith("|"))
    expect(rows.map(cells)).toEqual(
      EXPECTED_DIFFERENCES.map((row) => [row.what, row.native, row.ours, row.reason])
    )
  })
})
