import { filled, find, findIds, version, write } from "./books"
import { readStatus } from "../../src/modules/semantic-search/status"
import type { PgvectorRuntime } from "../../src/providers/pgvector/runtime"
import type {
  IndexCatalogue,
  PhysicalIndex,
} from "../../src/providers/pgvector/storage/index-catalogue"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
/** The process that rebuilds. */
let worker: Provider

const [old, fresh] = [version("books", 1), version("books", 2)]

beforeAll(async () => {
  database = await openDatabase()
  worker = database.provider()
  await filled(worker, old, [{ id: "a", title: "Sold" }])
})
afterAll(() => database.close())

/** What the Search Module keeps of which version serves. */
async function serve(number: number): Promise<void> {
  await database.rows("DROP TABLE IF EXISTS search_index, search_index_version")
  await database.rows(
    "CREATE TABLE search_index AS SELECT 'i' AS id, ?::int AS active_version, NULL::timestamptz AS deleted_at",
    [number]
  )
  await database.rows(
    `CREATE TABLE search_index_version AS
     SELECT 'i' AS search_index_id, n AS version, 'books_v' || n AS physical_name, NULL::timestamptz AS deleted_at
     FROM generate_series(1, 2) AS n`
  )
}

describe("the status", () => {
  it("leaves out a version that is dropped while it looks", async () => {
    await serve(1)
    const { catalogue, service } = database.provider()
    const dropped = version("books", 7)
    await service.upsertIndex({ index: dropped })
    const listed = await catalogue.list()
    expect((await readStatus(withCatalogue(listed))).indexes.map(({ name }) => name)).toContain(
      dropped.physical_name
    )
    await service.deleteIndex({ index: dropped.physical_name })
    const names = (await readStatus(withCatalogue(listed))).indexes.map(({ name }) => name)
    expect(names).toContain(old.physical_name)
    expect(names).not.toContain(dropped.physical_name)
  })
})

/** What the module reports on, with the list of versions as it was read a moment ago. */
function withCatalogue(listed: PhysicalIndex[]): PgvectorRuntime {
  const runtime = database.provider()
  return { ...runtime, catalogue: { list: async () => listed } as unknown as IndexCatalogue }
}

describe("a process that doesn't know yet of a swap", () => {
  it("is sent to the version that serves, rather than shown what was", async () => {
    await serve(1)
    await worker.service.upsertIndex({ index: fresh })
    await write(worker.service, fresh, [{ id: "a", title: "Sold" }])
    const server = database.provider()
    expect(await findIds(server.service, old)).toEqual(["a"])

    // While the old one serves, the new one isn't asked for; from now on it serves.
    await serve(2)
    await worker.service.deleteDocuments({ index: fresh.physical_name, filters: { id: ["a"] } })

    const late = database.provider()
    await expect(find(late.service, old)).rejects.toMatchObject({
      type: "not_found",
      message: expect.stringContaining("books_v1"),
    })
    expect(await findIds(late.service, fresh)).toEqual([])
    // It knew already which one served; that is looked up again when another one is asked for.
    expect(await findIds(server.service, fresh)).toEqual([])
    await expect(find(server.service, old)).rejects.toMatchObject({ type: "not_found" })
  })

  it("reads on where no version is known to serve", async () => {
    await database.rows("DELETE FROM search_index")
    expect(await findIds(database.provider().service, old)).toEqual(["a"])
    await database.rows("DROP TABLE search_index, search_index_version")
    expect(await findIds(database.provider().service, old)).toEqual(["a"])
  })
})
