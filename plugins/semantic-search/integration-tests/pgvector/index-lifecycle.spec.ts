import { MedusaError } from "@medusajs/framework/utils"
import {
  type Book,
  filled,
  find,
  findIds,
  keywordVersion,
  seed,
  seeding,
  version,
  write,
} from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

const NOT_FOUND = { type: MedusaError.Types.NOT_FOUND }

const BOOKS: Book[] = [
  { id: "moby", title: "Moby-Dick", genre: "sea", embedding: "captain whale" },
  { id: "robot", title: "I, Robot", genre: "future", embedding: "robot" },
]

describe("creating an index", () => {
  it("keeps the documents when it is created again unchanged, as each db:migrate may do", async () => {
    const index = await filled(provider, version("again", 1), BOOKS)
    await provider.service.upsertIndex({ index })
    expect(await findIds(provider.service, index)).toEqual(["moby", "robot"])
  })

  it("starts empty when its fields changed, and then has the new ones", async () => {
    await filled(provider, keywordVersion("changed", 1), BOOKS)
    const index = version("changed", 1)
    await provider.service.upsertIndex({ index })
    expect((await find(provider.service, index)).metadata.count).toBe(0)
    await write(provider.service, index, BOOKS)
    await provider.embedAll()
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual(["moby"])
  })

  it("replaces what a run that was cut off left behind", async () => {
    await database.knex.raw(`CREATE TABLE semantic_search_doc_leftover_v1 (nonsense int)`)
    const index = await filled(provider, version("leftover", 1), BOOKS)
    expect(await findIds(provider.service, index, { q: "robot" })).toEqual(["robot"])
  })

  it("goes on with one that an older release has built: filled anew in its place", async () => {
    const index = await filled(provider, version("older", 1), BOOKS)
    await database.knex.raw(
      `UPDATE semantic_search_index SET plan = jsonb_set(plan, '{format}', '0') WHERE name = ?`,
      [index.physical_name]
    )
    const updated = database.provider()
    await expect(find(updated.service, index)).rejects.toMatchObject({
      type: MedusaError.Types.NOT_FOUND,
      message: expect.stringContaining("built by another release"),
    })
    // What has Medusa fill it when it starts.
    expect(await updated.service.listIndexes()).toContainEqual({
      name: index.physical_name,
      provider: "pgvector",
      document_count: 0,
    })
    await seed(updated.service, index, BOOKS.slice(1))
    expect(await findIds(updated.service, index)).toEqual(["robot"])
  })

  it("is refused, and leaves nothing, when Postgres doesn't know the language", async () => {
    const klingon = database.provider({ language: "klingon" })
    const index = version("klingon", 1)
    await expect(klingon.service.upsertIndex({ index })).rejects.toMatchObject({
      type: MedusaError.Types.INVALID_DATA,
      message: expect.stringContaining(`"language" is "klingon"`),
    })
    expect((await provider.service.listIndexes()).map(({ name }) => name)).not.toContain(
      "klingon_v1"
    )
  })

  it.each(["german", "french", "simple"])("works in %s", async (language) => {
    const other = database.provider({ language })
    const index = await filled(other, version(language, 1), [
      { id: "haus", title: "Häuser am Meer. Des maisons près de la mer" },
    ])
    const query = { simple: "häuser", german: "haus", french: "maison" }[language]
    expect(await findIds(other.service, index, { q: query })).toEqual(["haus"])
  })
})

describe("listing and deleting indexes", () => {
  it("tells every version with its number of documents", async () => {
    await filled(provider, version("listed", 1), BOOKS)
    await filled(provider, version("listed", 2), BOOKS.slice(0, 1))
    const listed = (await provider.service.listIndexes()).filter(({ name }) => /^listed/.test(name))
    expect(listed).toEqual([
      { name: "listed_v1", provider: "pgvector", document_count: 2 },
      { name: "listed_v2", provider: "pgvector", document_count: 1 },
    ])
  })

  it("deletes one version, tables and all, and may be asked twice", async () => {
    const [one, two] = [version("dropped", 1), version("dropped", 2)]
    await filled(provider, one, BOOKS)
    await filled(provider, two, BOOKS)
    for (const _ of ["first", "again"]) {
      await provider.service.deleteIndex({ index: one.physical_name })
    }
    await expect(find(provider.service, one)).rejects.toMatchObject(NOT_FOUND)
    expect(await findIds(provider.service, two)).toEqual(["moby", "robot"])
    const tables = await database.rows(
      `SELECT tablename FROM pg_tables WHERE tablename LIKE '%dropped\\_v1'`
    )
    expect(tables).toEqual([])
  })
})

describe("an index that isn't there", () => {
  const index = version("absent", 7)

  it.each<[string, () => Promise<unknown>]>([
    ["search", () => find(provider.service, index)],
    ["upsertDocuments", () => write(provider.service, index, BOOKS)],
    ["a seed", () => seed(provider.service, index, BOOKS)],
    [
      "deleteDocuments",
      () => provider.service.deleteDocuments({ index: "absent_v7", filters: { id: "moby" } }),
    ],
    ["clearIndex", () => provider.service.clearIndex({ index: "absent_v7" })],
    ["waitForTask", () => provider.service.waitForTask({ index: "absent_v7", status: "enqueued" })],
  ])("answers NOT_FOUND to %s, with the remedy", async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      ...NOT_FOUND,
      message: expect.stringContaining(`"absent_v7". Run "npx medusa db:migrate"`),
    })
  })

  it("answers NOT_FOUND in a process that still remembers a version that another one dropped", async () => {
    const index = await filled(provider, version("stale", 1), BOOKS)
    await find(provider.service, index)
    await database.provider().service.deleteIndex({ index: "stale_v1" })
    await expect(find(provider.service, index)).rejects.toMatchObject(NOT_FOUND)
    await expect(write(provider.service, index, BOOKS)).rejects.toMatchObject(NOT_FOUND)
  })
})

describe("documents", () => {
  it("are written and deleted as often as one likes", async () => {
    const index = await filled(provider, version("repeat", 1), BOOKS)
    await write(provider.service, index, BOOKS)
    expect((await find(provider.service, index)).metadata.count).toBe(2)
    for (const _ of ["first", "again"]) {
      await provider.service.deleteDocuments({
        index: "repeat_v1",
        filters: { id: ["moby", "none"] },
      })
    }
    expect(await findIds(provider.service, index)).toEqual(["robot"])
  })

  it("answers at once to a live write, and has a seed wait for its vectors", async () => {
    const index = version("tasks", 1)
    await provider.service.upsertIndex({ index })
    expect(await write(provider.service, index, BOOKS)).toMatchObject({ status: "succeeded" })
    const task = await seed(provider.service, index, BOOKS)
    expect(task).toMatchObject({ status: "enqueued" })
    expect(await provider.service.waitForTask(task)).toMatchObject({ status: "succeeded" })
    expect(await findIds(provider.service, index, { q: "ocean" })).toEqual(["moby"])
  })

  it("keeps the last of several with one id", async () => {
    const index = await filled(provider, version("twice", 1), [
      { id: "a", title: "First" },
      { id: "a", title: "Last" },
    ])
    expect(
      (await find(provider.service, index)).hits.map(({ document }) => document.title)
    ).toEqual(["Last"])
  })

  it("are kept apart by the primary key that the index names", async () => {
    const index = { ...keywordVersion("coded", 1), primary_key: "code" }
    await provider.service.upsertIndex({ index })
    await provider.service.upsertDocuments({
      index: "coded_v1",
      definition: index,
      documents: [
        { code: "x1", title: "One" },
        { code: "x2", title: "Two" },
      ] as never,
    })
    expect(await findIds(provider.service, index)).toEqual(["x1", "x2"])
    await provider.service.deleteDocuments({ index: "coded_v1", filters: { code: "x1" } })
    expect(await findIds(provider.service, index)).toEqual(["x2"])
  })

  it("are deleted by any filter", async () => {
    const index = await filled(provider, version("by_filter", 1), BOOKS)
    await provider.service.deleteDocuments({
      index: "by_filter_v1",
      filters: { $not: { genre: "sea" } },
    })
    expect(await findIds(provider.service, index)).toEqual(["moby"])
  })

  it("are deleted by more ids than a statement has room for parameters", async () => {
    const index = await filled(provider, version("many", 1), BOOKS)
    const ids = Array.from({ length: 70_000 }, (_, i) => `gone_${i}`)
    await provider.service.deleteDocuments({ index: "many_v1", filters: { id: ["moby", ...ids] } })
    expect(await findIds(provider.service, index)).toEqual(["robot"])
  })

  it("are all gone after clearIndex, which may be repeated, and can be written again", async () => {
    const index = await filled(provider, version("cleared", 1), BOOKS)
    await provider.service.deleteDocuments({ index: "cleared_v1", filters: { id: "moby" } })
    for (const _ of ["first", "again"]) {
      await provider.service.clearIndex({ index: "cleared_v1" })
    }
    expect((await find(provider.service, index)).metadata.count).toBe(0)
    await seed(provider.service, index, BOOKS)
    expect(await findIds(provider.service, index)).toEqual(["moby", "robot"])
  })

  it("aren't lost for characters that Postgres can't store", async () => {
    const titles = [
      "nul \0 here",
      "a regular expression: \\u0000",
      "half an emoji: \ud83d",
      "\\",
      "\\\\u0000\0",
    ]
    const documents = titles.map((title, i) => ({ id: `t${i}`, title, embedding: title }))
    const index = await filled(provider, version("odd", 1), documents)
    const { hits } = await find(provider.service, index)
    expect(hits.map(({ document }) => document.title)).toEqual([
      "nul  here",
      "a regular expression: \\u0000",
      "half an emoji: \ufffd",
      "\\",
      "\\\\u0000",
    ])
    expect(await database.rows("SELECT * FROM semantic_search_embedding_job")).toEqual([])
  })

  it.each([
    ["without a primary key", { title: "No id" }, `lacks its primary key "id"`],
    ["with a vector instead of a text", { id: "a", embedding: [1, 2] }, `"embedding" is embedded`],
  ])("are refused %s", async (_, document, message) => {
    const index = version("refused", 1)
    await provider.service.upsertIndex({ index })
    await expect(
      provider.service.upsertDocuments({
        index: "refused_v1",
        definition: seeding(index),
        documents: [document as never],
      })
    ).rejects.toMatchObject({
      type: MedusaError.Types.INVALID_DATA,
      message: expect.stringContaining(message),
    })
  })
})
