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
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base"
import type { ChatModel, ChatPiece } from "../assistant/chat-model"
import { countGenerating, observeAnswer } from "./answers"
import { observedChatModel } from "./chats"

const spans = new InMemorySpanExporter()
let collected: InMemoryMetricExporter
let reader: PeriodicExportingMetricReader

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  )
})
beforeEach(() => {
  spans.reset()
  // Each test counts from nothing.
  collected = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  reader = new PeriodicExportingMetricReader({
    exporter: collected,
    exportIntervalMillis: 3_600_000,
  })
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
})
afterEach(async () => {
  await reader.shutdown()
  metrics.disable()
})
afterAll(() => {
  trace.disable()
  context.disable()
})

/** A metric's points, as `[attributes, value]`; a histogram's value is its sum for tokens, else its count. */
async function pointsOf(name: string) {
  collected.reset()
  await reader.forceFlush()
  return collected
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: all }) => all))
    .filter(({ descriptor }) => descriptor.name === name)
    .flatMap(({ dataPoints }) =>
      dataPoints.map(({ attributes, value }) => [
        attributes,
        typeof value === "number" ? value : name.includes("token") ? value.sum : value.count,
      ])
    )
}

const CHAT = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "script",
  "gen_ai.request.model": "sayer",
}

/** An observed model that says these pieces, then fails if asked to. */
const saying = (pieces: ChatPiece[], failure?: Error): ChatModel =>
  observedChatModel({
    provider: "script",
    name: "sayer",
    availability: async () => ({ available: true }),
    async *stream() {
      trace.getTracer("test").startSpan("request").end()
      yield* pieces
      if (failure) throw failure
    },
  })

async function listen(model: ChatModel, most = Infinity): Promise<number> {
  let heard = 0
  const request = { signal: new AbortController().signal, maxTokens: 50 }
  for await (const _ of model.stream([{ role: "user", content: "a sea story" }], request)) {
    if (++heard >= most) break
  }
  return heard
}

const PIECES: ChatPiece[] = [
  { type: "text", text: "Moby-" },
  { type: "text", text: "Dick [1]" },
  { type: "usage", inputTokens: 12, outputTokens: 3 },
]

describe("an answer", () => {
  it("is a span that tells how it ended, with what the model does below it", async () => {
    await observeAnswer(async () => {
      await listen(saying(PIECES))
      return { outcome: "done", hits: 5, citations: 1 }
    })
    const [request, chat, answer] = spans.getFinishedSpans()
    expect(answer.name).toBe("semantic_search.answer")
    expect(answer.attributes).toEqual({
      "semantic_search.outcome": "done",
      "semantic_search.hits": 5,
      "semantic_search.citations": 1,
    })
    expect(chat.parentSpanContext?.spanId).toBe(answer.spanContext().spanId)
    expect(request.parentSpanContext?.spanId).toBe(chat.spanContext().spanId)
    expect(await pointsOf("semantic_search.answer.duration")).toEqual([
      [{ "semantic_search.outcome": "done" }, 1],
    ])
  })

  it("is counted by the kind of its error where it fails", async () => {
    await expect(observeAnswer(() => Promise.reject(new TypeError("no")))).rejects.toThrow("no")
    expect(await pointsOf("semantic_search.answer.duration")).toEqual([
      [{ "error.type": "TypeError" }, 1],
    ])
  })

  it("counts among those being written until it ends", async () => {
    const end = countGenerating()
    countGenerating()
    expect(await pointsOf("semantic_search.answer.generating")).toEqual([[{}, 2]])
    end()
    expect(await pointsOf("semantic_search.answer.generating")).toEqual([[{}, 1]])
  })
})

describe("what a language model writes", () => {
  it("is timed and counted by the conventions, with no word of it", async () => {
    expect(await listen(saying(PIECES))).toBe(3)
    const chat = spans.getFinishedSpans().find(({ name }) => name === "chat sayer")!
    expect(chat.attributes).toEqual({
      ...CHAT,
      "gen_ai.request.max_tokens": 50,
      "gen_ai.usage.input_tokens": 12,
      "gen_ai.usage.output_tokens": 3,
    })
    expect(await pointsOf("gen_ai.client.operation.duration")).toEqual([[CHAT, 1]])
    expect(await pointsOf("gen_ai.client.operation.time_to_first_chunk")).toEqual([[CHAT, 1]])
    expect(await pointsOf("gen_ai.client.token.usage")).toEqual([
      [{ ...CHAT, "gen_ai.token.type": "input" }, 12],
      [{ ...CHAT, "gen_ai.token.type": "output" }, 3],
    ])
  })

  it("ends its span when a listener leaves half-way", async () => {
    expect(await listen(saying(PIECES), 1)).toBe(1)
    const chat = spans.getFinishedSpans().find(({ name }) => name === "chat sayer")!
    expect(chat.status.code).toBe(SpanStatusCode.UNSET)
    expect(await pointsOf("gen_ai.client.operation.duration")).toEqual([[CHAT, 1]])
  })

  it("tells of a failure by its kind", async () => {
    await expect(listen(saying([], new RangeError("a sea story")))).rejects.toThrow()
    const chat = spans.getFinishedSpans().find(({ name }) => name === "chat sayer")!
    expect(chat.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(await pointsOf("gen_ai.client.operation.duration")).toEqual([
      [{ ...CHAT, "error.type": "RangeError" }, 1],
    ])
    expect(await pointsOf("gen_ai.client.operation.time_to_first_chunk")).toEqual([])
  })
})
