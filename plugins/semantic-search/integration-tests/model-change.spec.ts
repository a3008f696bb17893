import type { SearchTypes } from "@medusajs/framework/types"
import { search } from "@medusajs/framework/utils"
import type * as Embedding from "../src/embedding"
import { openDatabase, type TestDatabase } from "./pgvector/harness"
import { until } from "./pgvector/until"
import { type SearchApplication, startSearchApplication } from "./search-application"

/*
 * A store changes its embedding model for another one of the same dimensions, so that no length of a
 * vector gives a mix-up away. Two processes run side by side on one database, as in a deployment: one
 * with the old code, one with the new. Both models are real; they come through the built plugin, as
 * their threads run outside of Jest.
 */

const { LIBRO_MODELS_DIR, LIBRO_SECOND_MODELS_DIR } = process.env

if (!LIBRO_MODELS_DIR || !LIBRO_SECOND_MODELS_DIR) {
  console.warn(
    "Skipped: set LIBRO_MODELS_DIR and LIBRO_SECOND_MODELS_DIR, or run npm test -- --only integration:plugin"
  )
}

const withModels = LIBRO_MODELS_DIR && LIBRO_SECOND_MODELS_DIR ? describe : describe.skip

/** Two models are loaded, and a catalogue is embedded by each; in milliseconds. */
const TIMEOUT = 120_000

/** How many hits are compared. */
const TAKE = 10

const SUBJECTS = [
  "a captain hunts a whale across the ocean",
  "a detective looks for a murderer among the guests of a country house",
  "two robots learn to lie to the engineers who built them",
  "an orphan girl inherits a garden behind a locked door",
  "a soldier writes home from the trenches",
  "a cook opens a restaurant in a town that lives on herring",
  "a wizard forgets the only spell he ever knew",
  "a clerk falls in love with the widow across the street",
]
const TELLINGS = [
  "told in letters",
  "a comedy",
  "for children",
  "with a sad ending",
  "in verse",
  "a history of true events",
]

const DOCUMENTS = SUBJECTS.flatMap((subject, i) =>
  TELLINGS.map((telling, j) => ({ id: `book_${i}_${j}`, title: `${subject}, ${telling}` }))
)

/** What comes in while the new version is being built. */
const LATECOMER = { id: "book_late", title: "a captain keeps bees on his ship, told in letters" }

/** All of their words are in some title: a search by keyword alone finds something too. */
const QUERIES = ["captain ocean", "murderer guests", "love street", "true soldier", "letters home"]

/** Vectors of which all count as hits, in the order of their cosine. */
const WHOLE_SCALE = { floor: 0, ceiling: 1 }

type Model = Embedding.EmbeddingModel
type Source = "old" | "new"

interface Answer {
  query: string
  ids: string[]
  mode: unknown
  degraded: unknown
}

/** One of the two models, and what it was asked to embed. */
class Voice {
  readonly calls: string[] = []
  broken = false
  private readonly vectors_ = new Map<string, Promise<number[]>>()

  constructor(
    readonly id: string,
    private readonly embedder_: Embedding.Embedder
  ) {}

  /** The provider's option. */
  options(): Record<string, unknown> {
    return {
      type: "function",
      id: this.id,
      dimensions: this.embedder_.dimensions,
      similarity: WHOLE_SCALE,
      embed: async (text: string) => {
        this.calls.push(text)
        if (this.broken) {
          throw new Error("the model server is down")
        }
        return await this.vector(text)
      },
    }
  }

  /** The ids that this model, and no index, finds nearest to a query. */
  async ranking(query: string, documents: { id: string; title: string }[]): Promise<string[]> {
    const asked = await this.vector(query)
    const near = await Promise.all(
      documents.map(async ({ id, title }) => {
        const vector = await this.vector(title)
        return { id, cosine: vector.reduce((sum, x, i) => sum + x * asked[i], 0) }
      })
    )
    return near
      .filter(({ cosine }) => cosine >= WHOLE_SCALE.floor)
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, TAKE)
      .map(({ id }) => id)
  }

  close(): Promise<void> {
    return this.embedder_.close()
  }

  private vector(text: string): Promise<number[]> {
    const vector = this.vectors_.get(text) ?? this.embedder_.embed([text]).then(([made]) => made)
    this.vectors_.set(text, vector)
    return vector
  }
}

withModels("a change of the embedding model", () => {
  const { TransformersEmbedder, ALL_MINILM_L6_V2, embeddingModelId } = jest.requireActual<
    typeof Embedding
  >("medusa-plugin-semantic-search/embedding")
  const SECOND: Model = {
    ...ALL_MINILM_L6_V2,
    name: "Xenova/paraphrase-MiniLM-L3-v2",
    revision: "fp32-128",
    dtype: "fp32",
  }
  const voice = (model: Model, models_dir?: string) =>
    new Voice(embeddingModelId(model), new TransformersEmbedder({ model, models_dir }))
  const voices: Record<Source, Voice> = {
    old: voice(ALL_MINILM_L6_V2, LIBRO_MODELS_DIR),
    new: voice(SECOND, LIBRO_SECOND_MODELS_DIR),
  }

  let database: TestDatabase
  const applications: SearchApplication[] = []
  /** The catalogue as the store has it. */
  const catalogue = [...DOCUMENTS]
  /** Lets a rebuild go on after each of its batches. */
  let gate: () => Promise<void> = async () => {}

  /** What a store's code says: the index, its hash made to depend on the model, and the provider. */
  async function deploy(source: Source): Promise<SearchApplication> {
    const definition = {
      name: "book",
      entity: "book",
      primary_key: "id",
      fields: search
        .define({
          id: search.keyword().filterable(),
          title: search.text().searchable(),
          embedding: search.vector(ALL_MINILM_L6_V2.dimensions).embed(),
        } as never)
        .toFields(),
      settings: { provider_options: { pgvector: { model: voices[source].id } } },
      async *seed() {
        const documents = [...catalogue]
        for (let start = 0; start < documents.length; start += TAKE) {
          const batch = documents.slice(start, start + TAKE).map(toDocument)
          yield [{ action: "upsert", documents: batch }]
          await gate()
        }
      },
    } as unknown as SearchTypes.SearchIndexDefinition
    const application = await startSearchApplication(database.knex, {
      definition,
      embedder: voices[source].options(),
    })
    applications.push(application)
    return application
  }

  /** `medusa db:migrate`; then what a worker does at its start. */
  async function migrate({ search: module }: SearchApplication) {
    const plan = await module.createIndexMigrationPlan()
    await module.executeIndexMigrationPlan(plan)
    return plan.map(({ action, physical_name }) => ({ action, physical_name }))
  }

  async function rebuild({ search: module }: SearchApplication): Promise<void> {
    await module.executeSeedPlan_(await module.createSeedPlan_())
  }

  async function ask({ search: module }: SearchApplication, query: string): Promise<Answer> {
    const { hits, provider_metadata } = await module.search({
      entity: "book",
      fields: ["id"],
      filters: { q: query },
      pagination: { take: TAKE },
      search_options: { vector: { query, semantic_ratio: 1 } },
    })
    const { mode, degraded } = provider_metadata ?? {}
    return { query, ids: hits.map(({ id }) => id), mode, degraded }
  }

  const rankings = new Map<string, Record<Source, string[]>[]>()

  /** Every ranking that a model has of a query, without and with the latecomer. */
  async function prepareRankings(): Promise<void> {
    for (const query of QUERIES) {
      const states = [DOCUMENTS, [...DOCUMENTS, LATECOMER]]
      rankings.set(
        query,
        await Promise.all(
          states.map(async (documents) => ({
            old: await voices.old.ranking(query, documents),
            new: await voices.new.ranking(query, documents),
          }))
        )
      )
    }
  }

  /** Whose answer it is: exactly one model's, keyword's with a reason, or nobody's. */
  function sourceOf({ query, ids, mode, degraded }: Answer): Source | "keyword" | "mixed" {
    if (mode === "keyword" && degraded) {
      return "keyword"
    }
    const same = (source: Source) =>
      rankings.get(query)!.some((ranking) => ranking[source].join() === ids.join())
    return same("old") ? "old" : same("new") ? "new" : "mixed"
  }

  /** Searches without a pause until it is stopped. */
  function keepAsking(application: SearchApplication) {
    const answers: Answer[] = []
    let asking = true
    const asked = (async () => {
      for (let i = 0; asking; i++) {
        answers.push(await ask(application, QUERIES[i % QUERIES.length]))
      }
    })()
    return {
      answers,
      sources: () => answers.map(sourceOf),
      async stop() {
        asking = false
        await asked
      },
    }
  }

  beforeAll(async () => {
    database = await openDatabase()
    await prepareRankings()
  }, TIMEOUT)
  afterAll(async () => {
    await Promise.all(applications.map((application) => application.stop()))
    await Promise.all(Object.values(voices).map((each) => each.close()))
    await database.close()
  })

  it("is tried with two models that can be told apart by every answer", () => {
    for (const states of rankings.values()) {
      const olds = states.map((ranking) => ranking.old.join())
      const news = states.map((ranking) => ranking.new.join())
      expect(olds.filter((ids) => news.includes(ids))).toEqual([])
    }
  })

  it(
    "never answers from two models at once, nor from one on the other's vectors",
    async () => {
      const old = await deploy("old")
      expect(await migrate(old)).toEqual([{ action: "create", physical_name: "book_v1" }])
      await rebuild(old)
      old.runtime.worker.start()
      expect(sourceOf(await ask(old, QUERIES[0]))).toBe("old")

      // The new code is there before its index is: by keyword, and it says why.
      const fresh = await deploy("new")
      const early = await ask(fresh, QUERIES[0])
      expect(early).toMatchObject({
        mode: "keyword",
        degraded: expect.stringMatching(/built with .+L6-v2.+ runs .+L3-v2.+db:migrate/),
      })
      expect(early.ids.length).toBeGreaterThan(0)
      expect(voices.new.calls).toEqual([])

      const askingOld = keepAsking(old)
      const askingNew = keepAsking(fresh)
      const rounds = (count: number) => {
        const [left, right] = [askingOld, askingNew].map(({ answers }) => answers.length + count)
        return until(
          "both processes have answered some more",
          () => askingOld.answers.length >= left && askingNew.answers.length >= right
        )
      }
      await rounds(QUERIES.length)
      fresh.runtime.worker.start()
      expect(await migrate(fresh)).toEqual([{ action: "migrate", physical_name: "book_v2" }])
      let batches = 0
      gate = async () => {
        if (batches++ === 1) {
          catalogue.push(LATECOMER)
          await old.search.upsertDocuments({ index: "book", documents: [toDocument(LATECOMER)] })
        }
        await rounds(2)
      }
      await rebuild(fresh)
      gate = async () => {}
      await rounds(QUERIES.length)
      await until("the latecomer is found by the new model", async () =>
        (await ask(fresh, QUERIES[0])).ids.includes(LATECOMER.id)
      )
      await Promise.all([askingOld.stop(), askingNew.stop()])

      expect(batches).toBeGreaterThan(4)
      // The old process reads the old version for as long as it remembers it.
      expect([...new Set(askingOld.sources())]).toEqual(["old"])
      // The new one goes over once, and doesn't waver.
      const sources = askingNew.sources()
      expect(sources.filter((source, i) => source !== sources[i - 1])).toEqual(["keyword", "new"])
      expect(askingNew.answers.every(({ ids }) => ids.length > 0)).toBe(true)
    },
    TIMEOUT
  )

  it("leaves in each version the vectors of its own model only", async () => {
    for (const [table, source] of [
      ["semantic_search_doc_book_v1", "old"],
      ["semantic_search_doc_book_v2", "new"],
    ] as const) {
      const foreign = await database.rows(
        `SELECT d.id FROM ${table} d
         LEFT JOIN semantic_search_embedding e ON e.model = ? AND e.content_hash = d.v0_hash
         WHERE d.v0 IS DISTINCT FROM e.embedding`,
        [voices[source].id]
      )
      expect(foreign).toEqual([])
    }
    const [{ count }] = await database.rows<{ count: string }>(
      "SELECT count(*) FROM semantic_search_doc_book_v2"
    )
    expect(Number(count)).toBe(catalogue.length)
  })

  it("falls back to keywords when the new model is down, never to the old one's vectors", async () => {
    const [, fresh] = applications
    voices.new.broken = true
    try {
      expect(await ask(fresh, "captain whale")).toMatchObject({
        mode: "keyword",
        degraded: expect.stringContaining("the model server is down"),
      })
    } finally {
      voices.new.broken = false
    }
  })

  it(
    "is taken back without embedding a document anew",
    async () => {
      await applications[1].runtime.worker.stop()
      voices.old.calls.length = 0
      const back = await deploy("old")
      expect(await migrate(back)).toEqual([{ action: "migrate", physical_name: "book_v3" }])
      expect(sourceOf(await ask(back, QUERIES[0]))).toBe("keyword")
      await rebuild(back)
      expect(voices.old.calls).toEqual([])
      expect(sourceOf(await ask(back, QUERIES[0]))).toBe("old")
    },
    TIMEOUT
  )
})

function toDocument({ id, title }: { id: string; title: string }): SearchTypes.SearchDocument {
  return { id, title, embedding: title } as SearchTypes.SearchDocument
}
