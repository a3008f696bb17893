import { readFileSync } from "node:fs"
import path from "node:path"
import type { AssistantOptions } from "./assistant/options"
import type { SemanticProductIndexOptions } from "./indexes"
import type { PgvectorOptions } from "./providers/pgvector/options"

const README = readFileSync(path.join(__dirname, "../README.md"), "utf8")

/** All option names, by TypeScript's word: one that is missing here doesn't compile. */
const OPTIONS: {
  provider: Record<keyof PgvectorOptions, true>
  index: Record<keyof SemanticProductIndexOptions, true>
  assistant: Record<keyof AssistantOptions, true>
} = {
  provider: {
    language: true,
    embedder: true,
    vector_distance: true,
    max_query_length: true,
    embedding_timeout_ms: true,
    embedding_cache_size: true,
    semantic_window: true,
    semantic_threshold: true,
    reranker: true,
    suggestions: true,
  },
  index: {
    currencies: true,
    regions: true,
    locales: true,
    extension: true,
    model: true,
    vector_precision: true,
    name: true,
  },
  assistant: {
    enabled: true,
    index: true,
    ollama: true,
    max_question_length: true,
    max_messages: true,
    max_output_tokens: true,
    timeout_ms: true,
    first_token_timeout_ms: true,
    hits: true,
    prompt_hits: true,
    prompt_fields: true,
    thinking: true,
    max_concurrent: true,
    rate_limit: true,
  },
}

/** The first cells of all tables' rows. */
const FIRST_CELLS = README.split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.split("|")[1])

describe("the README", () => {
  it.each(Object.entries(OPTIONS).flatMap(([of, names]) => Object.keys(names).map((n) => [of, n])))(
    "lists the option of the %s %s",
    (_, name) => {
      expect(FIRST_CELLS.some((cell) => new RegExp(`\`${name}[.\`]`).test(cell))).toBe(true)
    }
  )
})
