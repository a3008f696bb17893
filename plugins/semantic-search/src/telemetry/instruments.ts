import {
  type Counter,
  type Histogram,
  type Meter,
  type MeterProvider,
  type UpDownCounter,
  metrics,
} from "@opentelemetry/api"
import { SCOPE } from "./scope"

/** Bounds of the durations' buckets, in seconds: from a look into memory to a model that is overloaded. */
const DURATION_BOUNDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
]

/** The same for what a language model writes, in seconds: small models on small machines take minutes. */
const ANSWER_BOUNDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300]

/** In tokens, by fours, up to what a local model can hold. */
const TOKEN_BOUNDS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384]

/** What is counted and timed where it happens. Gauges are in `gauges.ts`. */
export interface Instruments {
  /** `semantic_search.search.duration`: by index, mode and, where meaning was left out, why. */
  searchDuration: Histogram
  /** `semantic_search.search.keyword_only`: searches that asked for meaning and went without, by why. */
  keywordOnly: Counter
  /** `semantic_search.suggestions.duration`: by index, and by whether misspelt words were corrected. */
  suggestionDuration: Histogram
  /** `semantic_search.query_embedding.duration`: how long a search waited for its query's embedding. */
  queryEmbeddingDuration: Histogram
  /** `semantic_search.query_embedding.lookups`: by where the embedding came from. */
  queryEmbeddingLookups: Counter
  /** `semantic_search.embedding.duration`: one call of the embedder, by purpose. */
  embeddingDuration: Histogram
  /** `semantic_search.embedding.texts`: texts embedded, by purpose. */
  embeddedTexts: Counter
  /** `semantic_search.embedding.failures`: calls of the embedder that failed, by kind of error. */
  embeddingFailures: Counter
  /** `semantic_search.answer.duration`: an answer of the assistant, by how it ended. */
  answerDuration: Histogram
  /** `semantic_search.answer.generating`: answers that a model is writing now. */
  answersGenerating: UpDownCounter
  /** `gen_ai.client.operation.duration`: one call of a language model, as all below by provider and model. */
  chatDuration: Histogram
  /** `gen_ai.client.operation.time_to_first_chunk`: until the first piece of its text or thoughts. */
  chatFirstChunk: Histogram
  /** `gen_ai.client.token.usage`: tokens of prompts and answers, where the server tells. */
  chatTokens: Histogram
  /** `db.client.operation.duration`: statements of this plugin; OpenTelemetry's own name for it. */
  statementDuration: Histogram
}

let made: { provider: MeterProvider; instruments: Instruments } | undefined

/**
 * The instruments of the SDK that is registered. The API has no stand-in for a meter, as it has for a
 * tracer: instruments that were made before the SDK came would stay silent for ever. So they are made
 * at their first use, and anew when the SDK has changed.
 */
export function instruments(): Instruments {
  const provider = metrics.getMeterProvider()
  if (made?.provider !== provider) {
    made = { provider, instruments: createInstruments(provider.getMeter(SCOPE)) }
  }
  return made.instruments
}

function createInstruments(meter: Meter): Instruments {
  const duration = (name: string, description: string, bounds = DURATION_BOUNDS) =>
    meter.createHistogram(name, {
      description,
      unit: "s",
      advice: { explicitBucketBoundaries: bounds },
    })
  return {
    searchDuration: duration("semantic_search.search.duration", "Time to answer one query"),
    keywordOnly: meter.createCounter("semantic_search.search.keyword_only", {
      description: "Queries that were to be answered by meaning and were answered without",
      unit: "{query}",
    }),
    suggestionDuration: duration(
      "semantic_search.suggestions.duration",
      "Time to suggest completions of a text"
    ),
    queryEmbeddingDuration: duration(
      "semantic_search.query_embedding.duration",
      "Time that a search waits for its query's embedding"
    ),
    queryEmbeddingLookups: meter.createCounter("semantic_search.query_embedding.lookups", {
      description: "Query embeddings asked for, by where they came from",
      unit: "{lookup}",
    }),
    embeddingDuration: duration("semantic_search.embedding.duration", "Time of one embedder call"),
    embeddedTexts: meter.createCounter("semantic_search.embedding.texts", {
      description: "Texts embedded",
      unit: "{text}",
    }),
    embeddingFailures: meter.createCounter("semantic_search.embedding.failures", {
      description: "Embedder calls that failed",
      unit: "{call}",
    }),
    answerDuration: duration(
      "semantic_search.answer.duration",
      "Time of one answer of the assistant, retrieval included",
      ANSWER_BOUNDS
    ),
    answersGenerating: meter.createUpDownCounter("semantic_search.answer.generating", {
      description: "Answers that a language model is writing",
      unit: "{answer}",
    }),
    chatDuration: duration(
      "gen_ai.client.operation.duration",
      "Time of one call of a language model",
      ANSWER_BOUNDS
    ),
    chatFirstChunk: duration(
      "gen_ai.client.operation.time_to_first_chunk",
      "Time until a language model's first piece",
      ANSWER_BOUNDS
    ),
    chatTokens: meter.createHistogram("gen_ai.client.token.usage", {
      description: "Tokens of prompts and answers",
      unit: "{token}",
      advice: { explicitBucketBoundaries: TOKEN_BOUNDS },
    }),
    statementDuration: duration("db.client.operation.duration", "Time of one SQL statement"),
  }
}
