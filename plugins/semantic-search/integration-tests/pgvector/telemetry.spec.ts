import { context, metrics, SpanStatusCode, trace } from "@opentelemetry/api"
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks"
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics"
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base"
import { QueryEmbeddings } from "../../src/embedding"
import { readObservedState } from "../../src/modules/semantic-search/observed-state"
import { observeState } from "../../src/telemetry"
import { type Book, filled, find, keywordVersion, version, write } from "./books"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { MODEL_ID } from "./scripted-embedder"

const spans = new InMemorySpanExporter()
const collected = new InMemoryMetricExporter(AggregationTemporality.DELTA)
// Far longer than the tests: they collect when they want to.
const reader = new PeriodicExportingMetricReader({
  exporter: collected,
  exportIntervalMillis: 3_600_000,
})

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  )
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  database = await openDatabase()
  provider = database.provider({ embedding_timeout_ms: 50 })
})
afterAll(async () => {
  await reader.shutdown()
  trace.disable()
  metrics.disable()
  context.disable()
  await database.close()
})
beforeEach(async () => {
  await collect()
  spans.reset()
})

/** A metric's points since the last look, as `{ ...attributes, value }`; a histogram's value is its count. */
async function collect(): Promise<Record<string, Record<string, unknown>[]>> {
  await reader.forceFlush()
  const points = collected
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: all }) => all))
    .map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }) => ({
        ...attributes,
        value: typeof value === "number" ? value : value.count,
      })),
    ])
  collected.reset()
  return Object.fromEntries(points)
}

function spanOf(name: string): ReadableSpan {
  const found = spans.getFinishedSpans().find((span) => span.name === name)
  if (!found) {
    const names = spans.getFinishedSpans().map((span) => span.name)
    throw new Error(`There is no span "${name}" among ${names.join(", ")}`)
  }
  return found
}

function childrenOf(parent: ReadableSpan): ReadableSpan[] {
  return spans
    .getFinishedSpans()
    .filter((span) => span.parentSpanContext?.spanId === parent.spanContext().spanId)
}

const BOOKS: Book[] = [
  { id: "moby", title: "Moby-Dick", embedding: "whale captain ship" },
  { id: "robot", title: "I, Robot", embedding: "robot android" },
]

describe("a search", () => {
  it("is a span with its query's embedding and its statements below it", async () => {
    const index = await filled(provider, version("traced", 1), BOOKS)
    spans.reset()
    await find(provider.service, index, { q: "ocean" })

    const search = spanOf("semantic_search.search")
    expect(search.attributes).toEqual({
      "semantic_search.index": "traced",
      "semantic_search.mode": "hybrid",
      "semantic_search.hits": 1,
      "semantic_search.count": 1,
    })
    const children = childrenOf(search)
    const embedding = children.find(({ name }) => name === "semantic_search.embed_query")!
    expect(embedding.attributes).toEqual({
      "semantic_search.model": MODEL_ID,
      "semantic_search.source": "model",
    })
    expect(childrenOf(embedding).map(({ name }) => name)).toEqual(["semantic_search.embed"])
    const statement = children.find(({ attributes }) => attributes["db.response.returned_rows"])!
    expect(statement.attributes).toMatchObject({
      "db.system.name": "postgresql",
      "db.operation.name": "SELECT",
    })
    expect(children.map(({ name }) => name)).toContain("SELECT semantic_search_doc_traced")
  })

  it("is counted and timed, and so is what was embedded for it", async () => {
    const index = await filled(provider, version("counted", 1), BOOKS)
    await collect()
    await find(provider.service, index, { q: "detective corpse" })
    await find(provider.service, index, { q: "detective corpse" })

    const found = await collect()
    expect(found["semantic_search.embedding.texts"]).toEqual([
      { "semantic_search.model": MODEL_ID, "semantic_search.purpose": "query", value: 1 },
    ])
    expect(found["semantic_search.search.duration"]).toEqual([
      { "semantic_search.index": "counted", "semantic_search.mode": "hybrid", value: 2 },
    ])
    expect(found["semantic_search.search.keyword_only"]).toBeUndefined()
    expect(found["db.client.operation.duration"].length).toBeGreaterThan(0)
  })

  it("is counted by where its query's embedding came from", async () => {
    const embeddings = new QueryEmbeddings(provider.embedder, { cache_size: 1, timeout_ms: 60_000 })
    await Promise.all([embeddings.get("dragon"), embeddings.get("dragon")])
    await embeddings.get("dragon")
    const lookups = (await collect())["semantic_search.query_embedding.lookups"]
    expect(
      Object.fromEntries(lookups.map((point) => [point["semantic_search.source"], point.value]))
    ).toEqual({ model: 1, pending: 1, memory: 1 })
  })

  it("that goes by keyword only says why, as an attribute and as a metric", async () => {
    const index = await filled(provider, version("degraded", 1), BOOKS)
    const other = database.provider({
      embedder: { ...provider.scripted.options(), id: "another-model@1" },
    })
    await collect()
    provider.scripted.behaviour = "hang"
    await find(provider.service, index, { q: "robot hangs" })
    provider.scripted.release()
    provider.scripted.behaviour = "fail"
    await find(provider.service, index, { q: "robot fails" })
    provider.scripted.behaviour = "answer"
    await find(other.service, index, { q: "robot elsewhere" })

    const found = await collect()
    expect(found["semantic_search.search.keyword_only"]).toEqual(
      ["timeout", "unavailable", "other_model"].map((reason) => ({
        "semantic_search.index": "degraded",
        "semantic_search.degraded": reason,
        value: 1,
      }))
    )
    expect(found["semantic_search.embedding.failures"]).toEqual([
      {
        "semantic_search.model": MODEL_ID,
        "semantic_search.purpose": "query",
        "error.type": "EmbedderUnavailableError",
        value: 1,
      },
    ])
    const reasons = spans
      .getFinishedSpans()
      .filter(({ name }) => name === "semantic_search.search")
      .map(({ attributes }) => attributes["semantic_search.degraded"])
    expect(reasons).toEqual(["timeout", "unavailable", "other_model"])
  })

  it("that fails is an error by its type, without the error's words", async () => {
    await expect(find(provider.service, version("nowhere", 1), {})).rejects.toThrow()
    const { status, attributes } = spanOf("semantic_search.search")
    expect(status).toEqual({ code: SpanStatusCode.ERROR })
    expect(attributes["error.type"]).toBe("not_found")
    expect((await collect())["semantic_search.search.duration"]).toEqual([
      { "semantic_search.index": "nowhere", "error.type": "not_found", value: 1 },
    ])
  })

  it("leaves nothing of what was typed, in whatever way it goes", async () => {
    const index = await filled(provider, version("private", 1), BOOKS)
    await collect()
    spans.reset()
    const secret = "zebulon@example.com"
    await find(provider.service, index, { q: secret, filters: { title: secret } })
    provider.scripted.poison.add(`${secret} poison`)
    await find(provider.service, index, { q: `${secret} poison` })
    await find(provider.service, index, {
      q: secret,
      filters: { pages: { $gt: secret } },
    } as never).catch(() => {})

    expect(spans.getFinishedSpans().length).toBeGreaterThan(5)
    const told = spans
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }))
    expect(JSON.stringify([told, await collect()])).not.toContain("zebulon")
  })
})

describe("suggestions", () => {
  it("are a span and timed, without what was typed", async () => {
    const index = await filled(provider, version("suggested", 1), BOOKS)
    await collect()
    spans.reset()
    const suggest = { channels: [""], narrowed: false, documents: 3 }
    await find(provider.service, index, {
      q: "whalr",
      pagination: { take: 3 },
      search_options: { provider_options: { pgvector: { suggest } } },
    })

    const span = spanOf("semantic_search.suggest")
    expect(span.attributes).toEqual({
      "semantic_search.index": "suggested",
      "semantic_search.corrected": false,
      "semantic_search.hits": 0,
    })
    expect((await collect())["semantic_search.suggestions.duration"]).toEqual([
      { "semantic_search.index": "suggested", "semantic_search.corrected": false, value: 1 },
    ])
  })
})

describe("the answer", () => {
  it("tells how many documents of the index lack a vector", async () => {
    const index = version("told", 1)
    await provider.service.upsertIndex({ index })
    const texts = ["sailor harpoon", "automaton"]
    await write(
      provider.service,
      index,
      BOOKS.map((book, i) => ({ ...book, embedding: texts[i] }))
    )
    const told = async ({ service }: Provider) =>
      (await find(service, index)).provider_metadata?.without_vector
    expect(await told(provider)).toBe(2)
    await provider.embedAll()
    expect(await told(provider)).toBe(2) // From memory: no search counts for itself alone.
    expect(await told(database.provider())).toBe(0)
  })

  it("doesn't tell it of an index that embeds nothing", async () => {
    const index = await filled(provider, keywordVersion("untold", 1), BOOKS)
    expect((await find(provider.service, index)).provider_metadata).toEqual({ mode: "filter" })
  })
})

describe("the queue", () => {
  it("has spans for a claim and for a batch, and none while it is idle", async () => {
    const index = version("batch", 1)
    await provider.service.upsertIndex({ index })
    await write(
      provider.service,
      index,
      BOOKS.map((book) => ({ ...book, embedding: book.title }))
    )
    spans.reset()
    await provider.worker.work()

    const size = { "semantic_search.model": MODEL_ID, "semantic_search.batch.size": 2 }
    expect(spanOf("semantic_search.queue.claim").attributes).toEqual(size)
    const batch = spanOf("semantic_search.queue.batch")
    expect(batch.attributes).toEqual(size)
    expect(childrenOf(batch).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["semantic_search.embed", "semantic_search.queue.complete"])
    )
    expect(spanOf("semantic_search.embed").attributes).toEqual({
      ...size,
      "semantic_search.purpose": "document",
    })
    spans.reset()
    expect(await provider.worker.work()).toBe("idle")
    expect(spans.getFinishedSpans()).toEqual([])
  })

  it("is measured with the serving indexes at each collection", async () => {
    const index = version("measured", 3)
    await provider.service.upsertIndex({ index })
    await write(
      provider.service,
      index,
      BOOKS.map((book) => ({ ...book, embedding: `${book.id}!` }))
    )
    // The Search Module's own tables, in which it keeps which version serves.
    await database.knex.raw(`
      CREATE TABLE search_index (id text, active_version int, deleted_at timestamptz);
      CREATE TABLE search_index_version (search_index_id text, version int, physical_name text,
        deleted_at timestamptz);
      INSERT INTO search_index VALUES ('1', 3);
      INSERT INTO search_index_version VALUES ('1', 3, 'measured_v3');`)
    await database.knex.raw(`
      INSERT INTO semantic_search_refresh (id, marked_at) VALUES ('p', now() - interval '9 s')`)
    const stop = observeState(() => readObservedState(provider))

    const found = await collect()
    const ofIndex = { "semantic_search.index": "measured" }
    const ofModel = { "semantic_search.model": MODEL_ID }
    expect(found["semantic_search.index.documents"]).toEqual([{ ...ofIndex, value: 2 }])
    expect(found["semantic_search.index.without_vector"]).toEqual([{ ...ofIndex, value: 2 }])
    expect(found["semantic_search.queue.waiting"]).toEqual([{ ...ofModel, value: 2 }])
    expect(found["semantic_search.queue.failed"]).toEqual([{ ...ofModel, value: 0 }])
    expect(found["semantic_search.queue.oldest_age"][0].value).toBeGreaterThan(0)

    expect(found["semantic_search.refresh.waiting"]).toEqual([{ value: 1 }])
    expect(found["semantic_search.refresh.oldest_age"][0].value).toBeGreaterThanOrEqual(9)

    const connections = found["db.client.connection.count"]
    const inState = (state: string) =>
      connections.find((point) => point["db.client.connection.state"] === state)?.value as number
    // That which looks the state up, at the least.
    expect(inState("used") + inState("idle")).toBeGreaterThan(0)
    expect(found["db.client.connection.max"][0].value).toBeGreaterThanOrEqual(
      inState("used") + inState("idle")
    )
    expect(found["db.client.connection.pending_requests"][0].value).toBe(0)

    stop()
    expect(await collect()).toEqual({})
  })
})
