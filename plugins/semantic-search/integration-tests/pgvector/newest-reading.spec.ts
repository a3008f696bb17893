import { markReadingTime } from "../../src/providers/pgvector/storage/reading-time"
import { type Book, find, findIds, seed, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { until } from "./until"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

const EARLIER = new Date(Date.now() - 60_000)
const LATER = new Date(Date.now() - 30_000)

/** A document as it was read at a time. */
function read(at: Date, book: Book): Book[] {
  return markReadingTime([book], at)
}

async function remove(index: string, id: string, at: Date): Promise<void> {
  const [filters] = markReadingTime([{ id: [id] }], at)
  await provider.service.deleteDocuments({ index, filters })
}

async function titles(index: ReturnType<typeof version>): Promise<unknown[]> {
  return (await find(provider.service, index)).hits.map(({ document }) => document.title)
}

let count = 0

/** An index and a newer version of it that is being built. */
async function twoVersions() {
  const root = `reading${count++}`
  const [active, pending] = [version(root, 1), version(root, 2)]
  await provider.service.upsertIndex({ index: active })
  await provider.service.upsertIndex({ index: pending })
  return { active, pending }
}

describe("two readings of one product", () => {
  it.each([
    ["in order", [EARLIER, LATER]],
    ["in reverse", [LATER, EARLIER]],
  ])("leave the newer one when they arrive %s", async (_, order) => {
    const { active } = await twoVersions()
    for (const at of order) {
      await write(
        provider.service,
        active,
        read(at, { id: "a", title: at === LATER ? "new" : "old" })
      )
    }
    expect(await titles(active)).toEqual(["new"])
  })

  it("leave none when the deletion was read later, in whatever order they arrive", async () => {
    const { active } = await twoVersions()
    await write(provider.service, active, read(EARLIER, { id: "a" }))
    await remove(active.physical_name, "a", LATER)
    await remove(active.physical_name, "b", LATER)
    await write(provider.service, active, read(EARLIER, { id: "b" }))
    expect(await findIds(provider.service, active)).toEqual([])
  })

  it("leave the document when the deletion was read earlier", async () => {
    const { active } = await twoVersions()
    await write(provider.service, active, read(LATER, { id: "a" }))
    await remove(active.physical_name, "a", EARLIER)
    expect(await findIds(provider.service, active)).toEqual(["a"])
  })

  it("bring a product back that was deleted and restored", async () => {
    const { active } = await twoVersions()
    await remove(active.physical_name, "a", EARLIER)
    await write(provider.service, active, read(LATER, { id: "a" }))
    expect(await findIds(provider.service, active)).toEqual(["a"])
  })

  it("keep out a document whose deletion arrives while it is being written", async () => {
    const { active } = await twoVersions()
    // Somebody else is writing the same word, so that the writer waits with its document uncommitted.
    const other = await database.knex.transaction()
    await other.raw(
      `INSERT INTO semantic_search_word_${active.physical_name} VALUES ('zebra', 'zebra')`
    )
    const writing = write(provider.service, active, read(EARLIER, { id: "a", title: "Zebra" }))
    await untilBlocked(1)
    const removing = remove(active.physical_name, "a", LATER)
    await Promise.race([removing, untilBlocked(2)])
    await other.commit()
    await Promise.all([writing, removing])
    expect(await findIds(provider.service, active)).toEqual([])
  })
})

describe("a change during a rebuild", () => {
  it("reaches the version that is being built, and not the older one's", async () => {
    const { active, pending } = await twoVersions()
    await write(provider.service, active, [{ id: "a", title: "live" }])
    expect(await titles(pending)).toEqual(["live"])
    await write(provider.service, pending, [{ id: "b", title: "new only" }])
    expect(await titles(active)).toEqual(["live"])
  })

  it("isn't undone by a batch that the rebuild read before it", async () => {
    const { active, pending } = await twoVersions()
    await write(provider.service, active, read(LATER, { id: "a", title: "live" }))
    await seed(provider.service, pending, read(EARLIER, { id: "a", title: "stale" }))
    expect(await titles(pending)).toEqual(["live"])
  })

  it("takes a deleted document out for good", async () => {
    const { active, pending } = await twoVersions()
    await seed(provider.service, pending, read(EARLIER, { id: "seeded" }))
    await remove(active.physical_name, "seeded", LATER)
    await remove(active.physical_name, "unseeded", LATER)
    await seed(provider.service, pending, read(EARLIER, { id: "unseeded" }))
    expect(await findIds(provider.service, pending)).toEqual([])
  })

  it("keeps out what a filter deleted", async () => {
    const { active, pending } = await twoVersions()
    await write(provider.service, active, read(EARLIER, { id: "a", genre: "sea" }))
    await provider.service.deleteDocuments({
      index: active.physical_name,
      filters: { genre: "sea" },
    })
    await seed(provider.service, pending, read(EARLIER, { id: "a", genre: "sea" }))
    expect(await findIds(provider.service, pending)).toEqual([])
  })
})

describe("writers side by side", () => {
  it("wait for each other and never deadlock, the worker among them", async () => {
    for (const physicalOrder of ["amz", "zma"]) {
      const { active } = await twoVersions()
      const doc = `semantic_search_doc_${active.physical_name}`
      for (const id of physicalOrder) {
        await write(provider.service, active, [{ id, embedding: `${active.name} ${id}` }])
      }
      // The worker gets stuck at the document in the middle while an editor changes all three.
      const other = await database.knex.transaction()
      await other.raw(`SELECT 1 FROM ${doc} WHERE id = 'm' FOR UPDATE`)
      const embedding = provider.worker.work()
      await untilBlocked(1)
      const edited = [..."amz"].map((id) => ({ id, title: "edited", embedding: `new ${id}` }))
      const writing = write(provider.service, active, edited)
      await untilBlocked(2)
      await other.commit()
      await Promise.all([embedding, writing])
      expect(await titles(active)).toEqual(["edited", "edited", "edited"])
      await provider.embedAll()
    }
  })

  it("can delete and write the same documents at once", async () => {
    for (const physicalOrder of ["amz", "zma"]) {
      const { active } = await twoVersions()
      const doc = `semantic_search_doc_${active.physical_name}`
      for (const id of physicalOrder) {
        await write(provider.service, active, read(EARLIER, { id }))
      }
      const other = await database.knex.transaction()
      await other.raw(`SELECT 1 FROM ${doc} WHERE id = 'm' FOR UPDATE`)
      const removing = provider.service.deleteDocuments({
        index: active.physical_name,
        filters: { id: ["a", "m", "z"] },
      })
      await untilBlocked(1)
      const books = [..."amz"].map((id) => ({ id }))
      const writing = write(provider.service, active, books)
      await untilBlocked(2)
      await other.commit()
      await expect(Promise.all([removing, writing])).resolves.toBeDefined()
    }
  })
})

/** Waits until so many sessions of this database wait for a lock. */
async function untilBlocked(sessions: number): Promise<void> {
  await until(`${sessions} session(s) wait for a lock`, async () => {
    const [{ waiting }] = await database.rows<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`
    )
    return waiting >= sessions
  })
}
