import { search } from "@medusajs/framework/utils"
import { finishSeed } from "../../src/providers/pgvector/finish-seed"
import type { VectorPrecision } from "../../src/providers/pgvector/plan"
import { type Book, filled, find, findIds, type Query, version, write } from "./books"
import { directions } from "./directions"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

/*
 * Enough things that the planner has a choice: of 6,000, a half is in stock, forty are of genre "rare",
 * and none is of genre "absent".
 */
const SIZE = 6_000
const WINDOW = 50
const DIMENSIONS = 24

let database: TestDatabase
let provider: Provider

type Index = ReturnType<typeof version>

function indexOf(root: string, precision: VectorPrecision): Index {
  const fields = search
    .define({
      id: search.keyword().filterable(),
      genre: search.keyword().filterable(),
      in_stock: search.boolean().filterable(),
      embedding: search.vector(DIMENSIONS).providerOptions({ pgvector: { precision } }),
    })
    .toFields()
  return version(root, 1, fields as never)
}

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider({ semantic_window: WINDOW })
})
afterAll(() => database.close())

const nearest = (value: number[], filters?: object): Query => ({
  filters: filters as Query["filters"],
  search_options: { vector: { value } },
})

/** The plan of the statement by which a query is answered. */
async function planOf(index: Index, query: Query): Promise<string> {
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

describe.each<VectorPrecision>(["single", "half"])(
  "the vector index, %s precision",
  (precision) => {
    const root = `nearest_${precision}`
    const table = `semantic_search_doc_${root}_v1`
    const hnsw = `semantic_search_hnsw_${root}_v1_v0`
    const index = indexOf(root, precision)
    const direction = directions(2, DIMENSIONS)

    beforeAll(async () => {
      const direction = directions(1, DIMENSIONS)
      const things = Array.from({ length: SIZE }, (_, i) => ({
        id: `b${String(i).padStart(4, "0")}`,
        genre: i % 150 === 0 ? "rare" : "common",
        in_stock: i % 2 === 0,
        embedding: direction(),
      }))
      await filled(provider, index, things as unknown as Book[])
      await finishSeed(root)
      await database.rows("ANALYZE")
    })

    it("is there once a seed is finished", async () => {
      expect(await indexName(hnsw)).toBe(hnsw)
    })

    it("is built by itself where nobody says that a seed is finished", async () => {
      const other = indexOf(`settled_${precision}`, precision)
      await filled(provider, other, [{ id: "a", embedding: direction() } as unknown as Book])
      const built = () => indexName(`semantic_search_hnsw_settled_${precision}_v1_v0`)
      await provider.worker.repair()
      expect(await built()).toBeNull()
      await provider.worker.repair()
      expect(await built()).not.toBeNull()
      expect(await findIds(provider.service, other, nearest(direction()))).toEqual(["a"])
    })

    it("serves a search without filters, and one with a filter that most pass", async () => {
      expect(await planOf(index, nearest(direction()))).toContain(hnsw)
      expect(await planOf(index, nearest(direction(), { in_stock: true }))).toContain(hnsw)
    })

    it("is passed over where a filter leaves few: all of these are compared", async () => {
      expect(await planOf(index, nearest(direction(), { genre: "rare" }))).not.toContain(hnsw)
      expect(await planOf(index, nearest(direction(), { genre: "absent" }))).not.toContain(hnsw)
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
      const type = `${schema.sql}.vector`
      // As the documents have them: nothing of their precision is lost.
      const distance = `(document ->> 'embedding')::${type} OPERATOR(${schema.sql}.<=>) ?::${type}`
      const asked = Array.from({ length: 20 }, direction)
      let found = 0
      for (const value of asked) {
        for (const filters of [undefined, { in_stock: true }]) {
          const query = { ...nearest(value, filters), pagination: { take: 10 } }
          const approximate = await findIds(provider.service, index, query)
          const exact = await database.rows<{ id: string }>(
            `SELECT id FROM ${table} WHERE ${filters ? "f2_in_stock" : "TRUE"}
           ORDER BY ${distance}, id LIMIT 10`,
            [JSON.stringify(value)]
          )
          found += exact.filter(({ id }) => approximate.includes(id)).length
        }
      }
      expect(found / (asked.length * 2 * 10)).toBeGreaterThanOrEqual(0.98)
    })

    it("is built beside its writers", async () => {
      await database.rows(`DROP INDEX ${hnsw}`)
      const value = direction()
      await Promise.all([
        finishSeed(root),
        write(provider.service, index, [{ id: "new", embedding: value } as unknown as Book]),
      ])
      expect(await indexName(hnsw)).toBe(hnsw)
      expect((await findIds(provider.service, index, nearest(value)))[0]).toBe("new")
    })
  }
)
