import { search } from "@medusajs/framework/utils"
import { finishSeed } from "../../src/providers/pgvector/finish-seed"
import { type Book, filled, find, findIds, type Query, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

/*
 * Enough things that the planner has a choice: of 6,000, a half is in stock, forty are of genre "rare",
 * and none is of genre "absent".
 */
const SIZE = 6_000
const WINDOW = 50
const DIMENSIONS = 24
const TABLE = "semantic_search_doc_nearest_v1"
const HNSW = "semantic_search_hnsw_nearest_v1_v0"

const fields = search
  .define({
    id: search.keyword().filterable(),
    genre: search.keyword().filterable(),
    in_stock: search.boolean().filterable(),
    embedding: search.vector(DIMENSIONS),
  })
  .toFields()

let database: TestDatabase
let provider: Provider
const index = version("nearest", 1, fields as never)

/** The same numbers at each run (a linear congruential generator). */
function directions(seed: number): () => number[] {
  let state = seed
  const next = () =>
    (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648 - 0.5
  return () => Array.from({ length: DIMENSIONS }, next)
}

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider({ semantic_window: WINDOW })
  const direction = directions(1)
  const things = Array.from({ length: SIZE }, (_, i) => ({
    id: `b${String(i).padStart(4, "0")}`,
    genre: i % 150 === 0 ? "rare" : "common",
    in_stock: i % 2 === 0,
    embedding: direction(),
  }))
  await filled(provider, index, things as unknown as Book[])
  await finishSeed("nearest")
  await database.rows("ANALYZE")
})
afterAll(() => database.close())

const nearest = (value: number[], filters?: object): Query => ({
  filters: filters as Query["filters"],
  search_options: { vector: { value } },
})

/** The plan of the statement by which a query is answered. */
async function planOf(query: Query): Promise<string> {
  const statements: { sql: string; bindings: unknown[] }[] = []
  const listen = (statement: { sql: string; bindings: unknown[] }) => statements.push(statement)
  database.knex.on("query", listen)
  await find(provider.service, index, query)
  database.knex.off("query", listen)
  const { sql, bindings } = statements.find(({ sql }) => sql.includes("nearest AS"))!
  // By now the placeholders are numbered, as the driver takes them.
  const connection = await database.knex.client.acquireConnection()
  try {
    const { rows } = await connection.query(`EXPLAIN ${sql}`, bindings)
    return JSON.stringify(rows)
  } finally {
    await database.knex.client.releaseConnection(connection)
  }
}

async function indexName(name: string): Promise<string | null> {
  const [row] = await database.rows<{ name: string | null }>(
    "SELECT to_regclass(?)::text AS name",
    [name]
  )
  return row.name
}

describe("the vector index", () => {
  const direction = directions(2)

  it("is there once a seed is finished", async () => {
    expect(await indexName(HNSW)).toBe(HNSW)
  })

  it("is built by itself where nobody says that a seed is finished", async () => {
    const other = version("settled", 1, fields as never)
    await filled(provider, other, [{ id: "a", embedding: direction() } as unknown as Book])
    const built = () => indexName("semantic_search_hnsw_settled_v1_v0")
    await provider.worker.repair()
    expect(await built()).toBeNull()
    await provider.worker.repair()
    expect(await built()).not.toBeNull()
    expect(await findIds(provider.service, other, nearest(direction()))).toEqual(["a"])
  })

  it("serves a search without filters, and one with a filter that most pass", async () => {
    expect(await planOf(nearest(direction()))).toContain(HNSW)
    expect(await planOf(nearest(direction(), { in_stock: true }))).toContain(HNSW)
  })

  it("is passed over where a filter leaves few: all of these are compared", async () => {
    expect(await planOf(nearest(direction(), { genre: "rare" }))).not.toContain(HNSW)
    expect(await planOf(nearest(direction(), { genre: "absent" }))).not.toContain(HNSW)
  })

  it("leaves no page short, whatever the filter", async () => {
    const count = async (filters?: object) => {
      const query = { ...nearest(direction(), filters), pagination: { take: WINDOW } }
      return (await findIds(provider.service, index, query)).length
    }
    expect(await count()).toBe(WINDOW)
    expect(await count({ in_stock: true })).toBe(WINDOW)
    expect(await count({ genre: "rare" })).toBe(SIZE / 150)
    expect(await count({ genre: "absent" })).toBe(0)
  })

  it("finds what comparing everything finds", async () => {
    const { vector: schema } = await provider.extensions()
    const distance = `v0 OPERATOR(${schema.sql}.<=>) ?::${schema.sql}.vector`
    const asked = Array.from({ length: 20 }, direction)
    let found = 0
    for (const value of asked) {
      for (const filters of [undefined, { in_stock: true }]) {
        const query = { ...nearest(value, filters), pagination: { take: 10 } }
        const approximate = await findIds(provider.service, index, query)
        const exact = await database.rows<{ id: string }>(
          `SELECT id FROM ${TABLE} WHERE ${filters ? "f2_in_stock" : "TRUE"}
           ORDER BY (${distance}) + 0, id LIMIT 10`,
          [JSON.stringify(value)]
        )
        found += exact.filter(({ id }) => approximate.includes(id)).length
      }
    }
    expect(found / (asked.length * 2 * 10)).toBeGreaterThanOrEqual(0.98)
  })

  it("is built beside its writers", async () => {
    await database.rows(`DROP INDEX ${HNSW}`)
    const value = direction()
    await Promise.all([
      finishSeed("nearest"),
      write(provider.service, index, [{ id: "new", embedding: value } as unknown as Book]),
    ])
    expect(await indexName(HNSW)).toBe(HNSW)
    expect((await findIds(provider.service, index, nearest(value)))[0]).toBe("new")
  })
})
