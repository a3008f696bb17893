import { ALL_MINILM_L6_V2, MULTILINGUAL_E5_SMALL } from "../../embedding"
import { createEmbedder } from "./create-embedder"
import { resolveOptions } from "./options"

const SIMILARITY = { floor: 0.1, ceiling: 0.9 }

const FUNCTION = {
  type: "function",
  embed: async () => [1],
  id: "mine@1",
  dimensions: 1,
  similarity: SIMILARITY,
}

const OLLAMA = { type: "ollama", model: "all-minilm" }

const OPENAI = {
  type: "openai",
  base_url: "https://api.openai.com/v1",
  model: "text-embedding-3-small",
  dimensions: 1_536,
  similarity: SIMILARITY,
}

/** The defaults of every server. */
const REMOTE = {
  headers: {},
  timeout_ms: 30_000,
  max_retries: 3,
  batch_size: 32,
  concurrency: 2,
  max_characters: 2_000,
}

describe("resolveOptions", () => {
  it("fills in the defaults", () => {
    expect(resolveOptions(undefined)).toEqual({
      language: "english",
      embedder: { type: "transformers", model: ALL_MINILM_L6_V2 },
      vector_distance: "cosine",
      max_query_length: 1_000,
      embedding_timeout_ms: 800,
      embedding_cache_size: 5_000,
      semantic_window: 100,
      suggestions: { popular_queries: true, min_searches: 5, keep_days: 30 },
    })
  })

  it("keeps what is given", () => {
    const given = {
      language: "german",
      embedder: FUNCTION,
      semantic_window: 1_000,
      semantic_threshold: 0.4,
    }
    expect(resolveOptions(given)).toMatchObject(given)
  })

  it.each([
    ["a model that is known", { type: "transformers", models_dir: "models" }, {}],
    [
      "a known model with facts of one's own",
      { type: "transformers", model: MULTILINGUAL_E5_SMALL.name, dtype: "fp32" },
      { ...MULTILINGUAL_E5_SMALL, dtype: "fp32", revision: "fp32-512" },
    ],
    [
      "any other model",
      {
        type: "transformers",
        model: "org/model",
        dimensions: 768,
        similarity: SIMILARITY,
        pooling: "cls",
        document_prefix: "passage: ",
      },
      {
        name: "org/model",
        dtype: "q8",
        revision: expect.stringMatching(/^q8-all-cls-[0-9a-f]{6}$/),
      },
    ],
  ])("describes %s", (_what, given, model) => {
    const { embedder } = resolveOptions({ embedder: given })
    expect(embedder).toMatchObject({ type: "transformers", model })
  })

  it("fills in a server's defaults, and the facts of a model that is known", () => {
    expect(resolveOptions({ embedder: OLLAMA }).embedder).toEqual({
      ...OLLAMA,
      ...REMOTE,
      base_url: "http://localhost:11434",
      truncate: true,
      dimensions: 384,
      similarity: ALL_MINILM_L6_V2.similarity,
    })
    expect(resolveOptions({ embedder: OPENAI }).embedder).toEqual({
      ...OPENAI,
      ...REMOTE,
      request_dimensions: false,
    })
    const e5 = { ...OPENAI, model: "multilingual-e5-small-q8_0.gguf", dimensions: undefined }
    expect(resolveOptions({ embedder: e5 }).embedder).toMatchObject({
      dimensions: 384,
      query_prefix: "query: ",
      document_prefix: "passage: ",
    })
    const bare = { ...e5, query_prefix: "", document_prefix: "" }
    expect(resolveOptions({ embedder: bare }).embedder).toMatchObject({
      query_prefix: "",
      document_prefix: "",
    })
    const own = { ...OLLAMA, similarity: SIMILARITY, batch_size: 8, keep_alive: -1 }
    expect(resolveOptions({ embedder: own }).embedder).toMatchObject(own)
  })

  it.each<[unknown, string, string]>([
    [{ langauge: "german" }, "options", "(langauge)"],
    [{ language: "German!" }, "language", "text search configuration"],
    [{ language: 5 }, "language", "string"],
    [{ embedder: { type: "cohere" } }, "embedder.type", ""],
    [{ embedder: { type: "ollama" } }, "embedder.model", "string"],
    [{ embedder: { type: "transformers", model: "bert" } }, "embedder.dimensions", `model "bert"`],
    [
      { embedder: { type: "transformers", model: "bert", dimensions: 768 } },
      "embedder.similarity",
      `model "bert"`,
    ],
    [{ embedder: { type: "transformers", dtype: "int3" } }, "embedder.dtype", ""],
    [{ embedder: { type: "transformers", pooling: "max" } }, "embedder.pooling", ""],
    [{ embedder: { ...OLLAMA, model: "nomic-embed-text" } }, "embedder.dimensions", "nomic"],
    [{ embedder: { ...OLLAMA, model: "all-minilm:33m" } }, "embedder.dimensions", "33m"],
    [{ embedder: { ...OLLAMA, base_url: "localhost:11434" } }, "embedder.base_url", "http"],
    [{ embedder: { ...OLLAMA, base_url: "http://me:x@host" } }, "embedder.base_url", "headers"],
    [{ embedder: { ...OLLAMA, timeout_ms: 0 } }, "embedder.timeout_ms", ""],
    [{ embedder: { ...OLLAMA, max_retries: -1 } }, "embedder.max_retries", ""],
    [{ embedder: { ...OLLAMA, batch_size: 0 } }, "embedder.batch_size", ""],
    [{ embedder: { ...OLLAMA, concurrency: 1.5 } }, "embedder.concurrency", ""],
    [{ embedder: { ...OLLAMA, requests_per_minute: 0 } }, "embedder.requests_per_minute", ""],
    [{ embedder: { ...OLLAMA, max_characters: 0 } }, "embedder.max_characters", ""],
    [{ embedder: { ...OLLAMA, keep_alive: true } }, "embedder.keep_alive", ""],
    [{ embedder: { ...OLLAMA, headers: { a: 1 } } }, "embedder.headers.a", ""],
    [{ embedder: { ...OLLAMA, api_key: "x" } }, "embedder", "(api_key)"],
    [{ embedder: { ...OPENAI, base_url: undefined } }, "embedder.base_url", ""],
    [{ embedder: { ...OPENAI, api_key: "" } }, "embedder.api_key", ""],
    [{ embedder: { ...OPENAI, request_dimensions: 256 } }, "embedder.request_dimensions", ""],
    [{ embedder: { type: "transformers", models_dir: "" } }, "embedder.models_dir", ""],
    [{ embedder: { type: "transformers", path: "x" } }, "embedder", "(path)"],
    [{ embedder: { ...FUNCTION, embed: "text" } }, "embedder.embed", "must be a function"],
    [{ embedder: { ...FUNCTION, id: "" } }, "embedder.id", ""],
    [{ embedder: { ...FUNCTION, dimensions: 4_001 } }, "embedder.dimensions", "4000"],
    [{ embedder: { ...FUNCTION, similarity: undefined } }, "embedder.similarity", ""],
    [
      { embedder: { ...FUNCTION, similarity: { floor: 0.5, ceiling: 0.5 } } },
      "embedder.similarity",
      "needs a floor below its ceiling",
    ],
    [{ vector_distance: "l2" }, "vector_distance", "cosine"],
    [{ max_query_length: 0 }, "max_query_length", ""],
    [{ embedding_timeout_ms: "800" }, "embedding_timeout_ms", "number"],
    [{ embedding_cache_size: 0.5 }, "embedding_cache_size", ""],
    [{ semantic_window: 1_001 }, "semantic_window", "1000"],
    [{ semantic_threshold: 1.1 }, "semantic_threshold", ""],
    ["english", "options", "object"],
  ])("refuses %j and names %s", (options, name, message) => {
    const attempt = () => resolveOptions(options)
    expect(attempt).toThrow(`The pgvector search provider's option "${name}" is wrong`)
    expect(attempt).toThrow(message)
  })
})

describe("the id of a model", () => {
  const idOf = (embedder: object) => createEmbedder(resolveOptions({ embedder }).embedder).id

  it.each<[object, string]>([
    [{ type: "transformers" }, "Xenova/all-MiniLM-L6-v2@q8-256"],
    [{ type: "transformers", max_tokens: 128 }, "Xenova/all-MiniLM-L6-v2@q8-128"],
    [{ type: "transformers", revision: "mine" }, "Xenova/all-MiniLM-L6-v2@mine"],
    [
      { type: "transformers", model: MULTILINGUAL_E5_SMALL.name },
      "Xenova/multilingual-e5-small@q8-512",
    ],
    [FUNCTION, "mine@1"],
    [OLLAMA, "all-minilm@2000c"],
    [{ ...OLLAMA, max_characters: 500 }, "all-minilm@500c"],
    [{ ...OLLAMA, revision: "2" }, "all-minilm@2"],
    [{ ...OLLAMA, id: "other@1" }, "other@1"],
    [OPENAI, "text-embedding-3-small@2000c"],
    [{ ...OPENAI, request_dimensions: true, dimensions: 256 }, "text-embedding-3-small@2000c-256d"],
  ])("of %j is %s", (embedder, id) => {
    expect(idOf(embedder)).toBe(id)
  })

  it("changes with what is put before documents, not with what is put before queries", () => {
    const ids = ["", "passage: ", "document: "].map((prefix) =>
      idOf(prefix ? { ...OPENAI, document_prefix: prefix } : OPENAI)
    )
    expect(new Set(ids).size).toBe(3)
    expect(idOf({ ...OPENAI, query_prefix: "query: " })).toBe(ids[0])
  })
})
