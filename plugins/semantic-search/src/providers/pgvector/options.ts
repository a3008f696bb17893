import { MedusaError } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import type { Reranker } from "../../reranking/reranker"
import { cosine, type EmbedderOptions, embedderSchema } from "./embedder-options"

/**
 * The options of the `pgvector` Search Module provider. Those that Medusa's own `search-postgres` has
 * as well (`language`, `embedder`, `vector_distance`) bear its names.
 */
export interface PgvectorOptions {
  /**
   * The language by whose rules words are stemmed: a text search configuration of Postgres, such as
   * "english", "german" or "simple". Part of what an index is built with: a change needs a reindex.
   *
   * @defaultValue "english"
   */
  language?: string
  /**
   * What turns text into vectors: a model in the process, a server, or a function of the store's own.
   *
   * @defaultValue `{ type: "transformers" }` (all-MiniLM-L6-v2 in a thread of the process)
   */
  embedder?: EmbedderOptions
  /**
   * How the distance of two vectors is measured. Only "cosine" is supported.
   *
   * @defaultValue "cosine"
   */
  vector_distance?: "cosine"
  /**
   * The longest free text that is searched, in characters; a longer one is refused with a 400.
   *
   * @defaultValue 1000
   */
  max_query_length?: number
  /**
   * How long a search waits for its query's embedding before it goes on by keyword, in milliseconds.
   *
   * @defaultValue 800
   */
  embedding_timeout_ms?: number
  /**
   * How many query embeddings are kept in memory (about 3 kB each).
   *
   * @defaultValue 5000
   */
  embedding_cache_size?: number
  /**
   * How many of the nearest documents of a query can be semantic hits. Documents that match by keyword
   * come on top of these. A wider window finds more, and costs time in proportion.
   *
   * @defaultValue 100
   */
  semantic_window?: number
  /**
   * How near in meaning a document must be to be a hit: a cosine. Unset, the model's own floor.
   */
  semantic_threshold?: number
  /** A model that reads the first hits again and orders them anew. @defaultValue none */
  reranker?: RerankerOptions
  /** What is suggested while a shopper types. */
  suggestions?: SuggestionOptions
}

export interface RerankerOptions extends Reranker {
  /**
   * How many of the first hits are reordered, on whatever pages they stand.
   *
   * @defaultValue 50
   */
  window?: number
  /** How long a search waits for it before the hits stay as they are. @defaultValue 300 */
  timeout_ms?: number
}

export interface SuggestionOptions {
  /**
   * Whether texts that shoppers often search for are counted and suggested to others. Nothing is kept of
   * who searched; texts with addresses, numbers or many words aren't kept either.
   *
   * @defaultValue true
   */
  popular_queries?: boolean
  /**
   * From how many searches on a text is popular; the same text counts at most once a minute.
   *
   * @defaultValue 5
   */
  min_searches?: number
  /** For how many days searches are remembered. @defaultValue 30 */
  keep_days?: number
}

const schema = z
  .object({
    language: z
      .string()
      .regex(/^[a-z_]+$/, "must be the name of a Postgres text search configuration")
      .default("english"),
    embedder: embedderSchema.prefault({ type: "transformers" }),
    vector_distance: z.literal("cosine").default("cosine"),
    max_query_length: z.number().int().min(1).default(1_000),
    embedding_timeout_ms: z.number().int().min(1).default(800),
    embedding_cache_size: z.number().int().min(1).default(5_000),
    // 1,000 is the largest hnsw.ef_search, which bounds what one index scan finds.
    semantic_window: z.number().int().min(1).max(1_000).default(100),
    semantic_threshold: cosine.optional(),
    reranker: z
      .object({
        id: z.string().min(1),
        rerank: z.custom<Reranker["rerank"]>((value) => typeof value === "function", {
          message: "must be a function",
        }),
        window: z.number().int().min(2).max(200).default(50),
        timeout_ms: z.number().int().min(1).default(300),
      })
      .strict()
      .optional(),
    suggestions: z
      .object({
        popular_queries: z.boolean().default(true),
        min_searches: z.number().int().min(1).default(5),
        keep_days: z.number().int().min(1).max(365).default(30),
      })
      .strict()
      .prefault({}),
  })
  .strict()

export type ResolvedOptions = z.output<typeof schema>

/**
 * Fills in the defaults.
 *
 * @throws MedusaError `invalid_data` that names the first wrong option
 */
export function resolveOptions(options: unknown): ResolvedOptions {
  const parsed = schema.safeParse(options ?? {})
  if (parsed.success) {
    return parsed.data
  }
  const [issue] = parsed.error.issues
  const unknown = issue.code === "unrecognized_keys" ? ` (${issue.keys.join(", ")})` : ""
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `The pgvector search provider's option "${issue.path.join(".") || "options"}" is wrong: ${issue.message}${unknown}`
  )
}
