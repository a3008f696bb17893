import type { SearchTypes } from "@medusajs/framework/types"
import { search } from "@medusajs/framework/utils"
import fc from "fast-check"
import { calibrate } from "../src/providers/pgvector/calibration"
import { finishSeed } from "../src/providers/pgvector/finish-seed"
import type { VectorPrecision } from "../src/providers/pgvector/plan"
import * as arbitrary from "./pgvector/arbitraries"
import { type Book, filled, find, findIds, type Query, version, write } from "./pgvector/books"
import { directions } from "./pgvector/directions"
import { openDatabase, type Provider, type TestDatabase } from "./pgvector/harness"
import { DIMENSIONS, ScriptedEmbedder } from "./pgvector/scripted-embedder"
import { type SearchApplication, startSearchApplication } from "./search-application"

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

/** What a cosine may differ by: calibrated bounds are rounded to hundredths. */
const COSINE_TOLERANCE = 1e-3

const vectorField = (dimensions: number, precision: VectorPrecision) =>
  search.vector(dimensions).providerOptions({ pgvector: { precision } })

/** The tests' index of books, its vectors of that precision. */
function bookIndex(root: string, precision: VectorPrecision) {
  const { fields } = version(root, 1)
  const embedding = { ...fields.embedding, provider_options: { pgvector: { precision } } }
  return version(root, 1, { ...fields, embedding })
}

/** An index of things that bring vectors of their own. */
async function thingIndex(
  root: string,
  vectors: Record<string, ReturnType<typeof vectorField>>,
  things: { id: string }[] = []
) {
  const fields = search.define({ id: search.keyword().filterable(), ...vectors }).toFields()
  return await filled(provider, version(root, 1, fields as never), things as unknown as Book[])
}

async function columnTypes(table: string): Promise<string[]> {
  const rows = await database.rows<{ type: string }>(
    `SELECT t.typname || ' ' || a.attstorage::text AS type
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = to_regclass(?) AND t.typname IN ('vector', 'halfvec') ORDER BY a.attnum`,
    [table]
  )
  return rows.map(({ type }) => type)
}

describe("a catalogue in half precision", () => {
  const books = fc.sample(arbitrary.books(200), { numRuns: 1, seed: 20 })[0]
  const indexes = {
    single: bookIndex("same_single", "single"),
    half: bookIndex("same_half", "half"),
  }

  beforeAll(async () => {
    await filled(provider, indexes.single, books)
    await filled(provider, indexes.half, books)
  })

  const scored = async (index: ReturnType<typeof version>, query: Query) => {
    const { hits, metadata, facets } = await find(provider.service, index, {
      ...query,
      pagination: { ...query.pagination, take: books.length },
      search_options: {
        facets: [{ field: "tags", type: "value" }],
        include_score: true,
        ...query.search_options,
      },
    })
    return {
      ids: hits.map(({ id }) => id),
      scores: hits.map(({ score }) => score!),
      count: metadata.count,
      facets,
    }
  }

  it.each<[string, Query]>([
    ["by words and meaning", { q: "ocean dragon" }],
    ["by words and meaning, with a filter", { q: "robot tea", filters: { in_stock: true } }],
    ["by meaning alone", { search_options: { vector: { query: "captain wedding" } } }],
    [
      "by meaning, ordered by a field",
      { q: "recipe war", pagination: { order: { pages: "ASC" } } },
    ],
  ])("is searched %s with the hits, scores and counts of single precision", async (_, query) => {
    const single = await scored(indexes.single, query)
    const half = await scored(indexes.half, query)
    expect(single.ids.length).toBeGreaterThan(10)
    expect([...half.ids].sort()).toEqual([...single.ids].sort())
    expect(half.count).toBe(single.count)
    expect(half.facets).toEqual(single.facets)
    // Equals may change places, but none may be ahead of one that is better by more than was lost.
    half.scores.forEach((score, i) => {
      expect(Math.abs(score - single.scores[i])).toBeLessThan(COSINE_TOLERANCE)
    })
  })

  it("is calibrated to the same bounds", async () => {
    const searches = ["ocean", "android tea", "soup in a garden", "love and war"]
    const [single, half] = [
      await calibrate(provider, "same_single", searches),
      await calibrate(provider, "same_half", searches),
    ]
    expect(half.index).toBe("same_half_v1")
    expect(half.proposed).toEqual(single.proposed)
    expect(half.searches).toEqual(single.searches)
  })

  it("keeps its embeddings for the next rebuild in single precision", async () => {
    expect(await columnTypes("semantic_search_embedding")).toEqual(["vector e"])
    expect(await columnTypes("semantic_search_doc_same_half_v1")).toEqual(["halfvec p"])
    const [{ rounded }] = await database.rows<{ rounded: number }>(
      `SELECT count(*)::int AS rounded FROM semantic_search_embedding e
       JOIN semantic_search_doc_same_half_v1 d ON d.v0_hash = e.content_hash
       WHERE d.v0::text <> e.embedding::text`
    )
    expect(rounded).toBeGreaterThan(0)
  })

  it("loses no vector to a change of another field", async () => {
    const [book] = books.filter(({ embedding }) => embedding?.includes("whale"))
    provider.scripted.calls.length = 0
    await write(provider.service, indexes.half, [{ ...book, title: "Zeppelin" }])
    const found = await findIds(provider.service, indexes.half, {
      search_options: { vector: { query: "ocean" } },
    })
    expect(found).toContain(book.id)
    await provider.embedAll()
    expect(provider.scripted.calls).not.toContain(book.embedding)
  })
})

describe("vectors of the store's own in half precision", () => {
  /** Points on one side of the origin: no two are so far apart that a score would hide by how much. */
  function points(count: number, dimensions: number): number[][] {
    const direction = directions(4, dimensions)
    return Array.from({ length: count }, () => direction().map((component) => component + 0.25))
  }

  it("are as near as they are in single precision, but for less than a thousandth", async () => {
    const things = points(100, 384).map((point, i) => ({ id: `b${i}`, single: point, half: point }))
    const index = await thingIndex(
      "cosines",
      { single: vectorField(384, "single"), half: vectorField(384, "half") },
      things
    )
    const similarities = async (field: string, value: number[]) => {
      const { hits } = await find(provider.service, index, {
        pagination: { take: things.length },
        search_options: { vector: { field, value }, include_score: true },
      })
      return new Map(hits.map(({ id, score }) => [id, score!]))
    }
    for (const { half } of things.slice(0, 10)) {
      const [expected, got] = [await similarities("single", half), await similarities("half", half)]
      expect(got.size).toBe(things.length)
      const apart = [...got].map(([id, score]) => Math.abs(score - expected.get(id)!))
      expect(Math.max(...apart)).toBeLessThan(COSINE_TOLERANCE)
    }
  })

  it("may be longer and shorter than its numbers go", async () => {
    const index = await thingIndex("lengths", { embedding: vectorField(2, "half") }, [
      { id: "huge", embedding: [3e38, 3e38] },
      { id: "tiny", embedding: [1e-38, -1e-38] },
      { id: "flat", embedding: [1, 1e-30] },
    ] as never)
    const nearest = async (value: number[]) =>
      (await findIds(provider.service, index, { search_options: { vector: { value } } }))[0]
    expect(await nearest([1e-30, 1e-30])).toBe("huge")
    expect(await nearest([2e38, -2e38])).toBe("tiny")
    expect(await nearest([70_000, 0])).toBe("flat")
  })

  it("are refused by name where they don't fit", async () => {
    const index = await thingIndex("refused", { embedding: vectorField(2, "half") })
    await expect(
      write(provider.service, index, [{ id: "b", embedding: [1, 2, 3] } as never])
    ).rejects.toThrow('The value of vector field "embedding" has 3 components instead of 2')
  })

  it("may have 4,000 dimensions, which the vector index takes", async () => {
    const things = points(20, 4_000).map((embedding, i) => ({ id: `b${i}`, embedding }))
    const index = await thingIndex("long", { embedding: vectorField(4_000, "half") }, things)
    await finishSeed("long")
    const [built] = await database.rows<{ definition: string }>(
      `SELECT pg_get_indexdef(to_regclass('semantic_search_hnsw_long_v1_v0')) AS definition`
    )
    expect(built.definition).toContain("halfvec_cosine_ops")
    const { embedding: value } = things[7]
    expect(
      (await findIds(provider.service, index, { search_options: { vector: { value } } }))[0]
    ).toBe("b7")
  })

  it.each<[VectorPrecision, number, number]>([
    ["single", 768, 769],
    ["half", 1_536, 1_537],
  ])("stay in the row, in %s precision, up to %i dimensions", async (precision, most, more) => {
    const [inline, moved] =
      precision === "half" ? ["halfvec p", "halfvec e"] : ["vector p", "vector e"]
    await thingIndex(`inline_${precision}`, { embedding: vectorField(most, precision) })
    await thingIndex(`moved_${precision}`, { embedding: vectorField(more, precision) })
    expect(await columnTypes(`semantic_search_doc_inline_${precision}_v1`)).toEqual([inline])
    expect(await columnTypes(`semantic_search_doc_moved_${precision}_v1`)).toEqual([moved])
  })
})

describe("a change of precision", () => {
  const embedder = new ScriptedEmbedder()
  const applications: SearchApplication[] = []
  const books = ["whale captain ship", "robot android", "love crime", "garden rose"].map(
    (title, i) => ({ id: `book_${i}`, title, embedding: title })
  )
  const QUERY = "ocean romance"

  afterAll(() => Promise.all(applications.map((application) => application.stop())))

  /** A process whose code keeps vectors in that precision. */
  async function deploy(precision?: VectorPrecision): Promise<SearchApplication> {
    const field = search.vector(DIMENSIONS).embed()
    const definition = {
      name: "book",
      entity: "book",
      primary_key: "id",
      fields: search
        .define({
          id: search.keyword().filterable(),
          title: search.text().searchable(),
          embedding: precision ? field.providerOptions({ pgvector: { precision } }) : field,
        })
        .toFields(),
      async *seed() {
        yield [{ action: "upsert", documents: books }]
      },
    } as unknown as SearchTypes.SearchIndexDefinition
    const application = await startSearchApplication(database.knex, {
      definition,
      embedder: embedder.options(),
    })
    applications.push(application)
    return application
  }

  async function migrate({ search: module }: SearchApplication) {
    const plan = await module.createIndexMigrationPlan()
    await module.executeIndexMigrationPlan(plan)
    return plan.map(({ action, physical_name }) => ({ action, physical_name }))
  }

  async function rebuild({ search: module }: SearchApplication): Promise<void> {
    await module.executeSeedPlan_(await module.createSeedPlan_())
  }

  async function ask({ search: module }: SearchApplication) {
    const { hits, provider_metadata } = await module.search({
      entity: "book",
      fields: ["id"],
      filters: { q: QUERY },
    })
    return { ids: hits.map(({ id }) => id), ...provider_metadata }
  }

  const FOUND = { ids: ["book_0", "book_2"], mode: "hybrid", without_vector: 0 }

  it("builds a new version beside the one that serves, and embeds nothing", async () => {
    const single = await deploy()
    expect(await migrate(single)).toEqual([{ action: "create", physical_name: "book_v1" }])
    await rebuild(single)
    expect(await ask(single)).toEqual(FOUND)
    embedder.calls.length = 0

    const half = await deploy("half")
    // Until the new version is filled the old one serves, in its own precision.
    expect(await ask(half)).toEqual(FOUND)
    expect(await migrate(half)).toEqual([{ action: "migrate", physical_name: "book_v2" }])
    expect(await ask(half)).toEqual(FOUND)
    await rebuild(half)
    expect(await ask(half)).toEqual(FOUND)
    expect(await columnTypes("semantic_search_doc_book_v1")).toEqual(["vector p"])
    expect(await columnTypes("semantic_search_doc_book_v2")).toEqual(["halfvec p"])
    // The query alone, by each of two processes.
    expect([...new Set(embedder.calls)]).toEqual([QUERY])
  })

  it("is taken back in the same way, and nothing is lost of a vector", async () => {
    const [single] = applications
    embedder.calls.length = 0
    const back = await deploy("single")
    expect(await migrate(back)).toEqual([{ action: "migrate", physical_name: "book_v3" }])
    await rebuild(back)
    expect(await ask(back)).toEqual(FOUND)
    expect([...new Set(embedder.calls)]).toEqual([QUERY])
    const changed = await database.rows(
      `SELECT d.id FROM semantic_search_doc_book_v3 d
       LEFT JOIN semantic_search_embedding e ON e.model = ? AND e.content_hash = d.v0_hash
       WHERE d.v0::text IS DISTINCT FROM e.embedding::text`,
      [single.runtime.embedder.id]
    )
    expect(changed).toEqual([])
  })
})
