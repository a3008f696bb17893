import { type Knex, knex } from "@medusajs/framework/mikro-orm/knex"
import { ModulesSdkUtils } from "@medusajs/framework/utils"
import { filled, find, findIds, version, write } from "../pgvector/books"
import { createProvider, openDatabase, type Provider, type TestDatabase } from "../pgvector/harness"
import { ScriptedEmbedder } from "../pgvector/scripted-embedder"
import { POOLER_PORT, SERVER } from "../pgvector/surroundings"

const SEARCHES = 40
const BOOKS = Array.from({ length: 60 }, (_, i) => ({
  id: `b${i}`,
  title: i % 2 ? "whale and robot" : "garden of tea",
  embedding: i % 2 ? "whale" : "garden",
}))

describe("behind a pooler in transaction mode, through Medusa's own connection pool", () => {
  let database: TestDatabase
  /** Past the pooler, to look at what it leaves on the server. */
  let direct: Knex
  let store: Knex
  let provider: Provider

  beforeAll(async () => {
    database = await openDatabase()
    const { database: name } = database.knex.client.connectionSettings
    direct = knex({ client: "pg", connection: { ...SERVER, database: name } })
    const address = new URL(`postgres://${SERVER.host}:${POOLER_PORT}/${name}`)
    address.username = SERVER.user
    address.password = SERVER.password
    store = ModulesSdkUtils.createPgConnection({ clientUrl: address.href, pool: { max: 10 } })
    provider = createProvider(store, {}, new ScriptedEmbedder())
  })
  afterAll(async () => {
    await provider?.worker.stop()
    await store?.destroy()
    await direct?.destroy()
    await database?.close()
  })

  it("more clients than server connections write, search and delete at once", async () => {
    const index = await filled(provider, version("book", 1), BOOKS)
    const searches = Array.from({ length: SEARCHES }, (_, i) =>
      find(provider.service, index, { q: i % 2 ? "whale" : "garden", pagination: { take: 5 } })
    )
    const writes = BOOKS.slice(0, 10).map((book) => write(provider.service, index, [book]))
    const deletions = BOOKS.slice(50).map(({ id }) =>
      provider.service.deleteDocuments({ index: index.physical_name, filters: { id } })
    )
    const [results] = await Promise.all([
      Promise.all(searches),
      Promise.all(writes),
      Promise.all(deletions),
    ])
    expect(results.every(({ hits }) => hits.length === 5)).toBe(true)
    expect(await findIds(provider.service, index, { pagination: { take: 100 } })).toHaveLength(50)
  })

  it("leave no setting and no lock on the connections, which others use next", async () => {
    const index = await filled(provider, version("book", 2), BOOKS)
    await Promise.all(
      Array.from({ length: SEARCHES }, () => find(provider.service, index, { q: "whale" }))
    )
    const settings = await Promise.all(
      Array.from({ length: SEARCHES }, async () => {
        const { rows } = await store.raw(
          `SELECT current_setting('hnsw.iterative_scan', true) AS scan,
             current_setting('hnsw.ef_search', true) AS ef, pg_backend_pid() AS pid, pg_sleep(0.01)`
        )
        return rows[0] as { scan: string | null; ef: string | null; pid: number }
      })
    )
    const connections = new Set(settings.map(({ pid }) => pid)).size
    expect(connections).toBeGreaterThan(1)
    expect(connections).toBeLessThan(10)
    for (const { scan, ef } of settings) {
      // Unset where the library of pgvector isn't loaded, else its defaults.
      expect([scan || "off", ef || "40"]).toEqual(["off", "40"])
    }
    const { rows: locks } = await direct.raw(
      `SELECT * FROM pg_locks WHERE locktype = 'advisory'
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    )
    expect(locks).toEqual([])
    const { rows: prepared } = await store.raw(`SELECT name FROM pg_prepared_statements`)
    expect(prepared).toEqual([])
  })
})
