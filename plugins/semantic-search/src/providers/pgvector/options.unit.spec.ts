import { resolveOptions } from "./options"

const FUNCTION = {
  type: "function",
  embed: async () => [1],
  id: "mine@1",
  dimensions: 1,
  similarity: { floor: 0.1, ceiling: 0.9 },
}

describe("resolveOptions", () => {
  it("fills in the defaults", () => {
    expect(resolveOptions(undefined)).toEqual({
      language: "english",
      embedder: { type: "transformers" },
      vector_distance: "cosine",
      max_query_length: 1_000,
      embedding_timeout_ms: 800,
      embedding_cache_size: 5_000,
      semantic_window: 200,
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
    const transformers = {
      type: "transformers",
      model: "Xenova/all-MiniLM-L6-v2",
      models_dir: "models",
      allow_download: false,
    }
    expect(resolveOptions({ embedder: transformers }).embedder).toEqual(transformers)
  })

  it.each<[unknown, string, string]>([
    [{ langauge: "german" }, "options", "(langauge)"],
    [{ language: "German!" }, "language", "text search configuration"],
    [{ language: 5 }, "language", "string"],
    [{ embedder: { type: "ollama" } }, "embedder.type", "type"],
    [
      { embedder: { type: "transformers", model: "bert" } },
      "embedder.model",
      "no model that the plugin knows",
    ],
    [{ embedder: { type: "transformers", models_dir: "" } }, "embedder.models_dir", ""],
    [{ embedder: { type: "transformers", path: "x" } }, "embedder", "(path)"],
    [{ embedder: { ...FUNCTION, embed: "text" } }, "embedder.embed", "must be a function"],
    [{ embedder: { ...FUNCTION, id: "" } }, "embedder.id", ""],
    [{ embedder: { ...FUNCTION, dimensions: 2_001 } }, "embedder.dimensions", "2000"],
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
