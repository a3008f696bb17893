import { z } from "@medusajs/framework/zod"
import {
  DEFAULT_EMBEDDING_MODEL,
  describeModel,
  MODEL_DTYPES,
  MODEL_POOLINGS,
  type ModelDtype,
  type ModelPooling,
  type ServedFacts,
  servedFacts,
  type SimilarityScale,
} from "../../embedding"

/** What turns text into vectors. */
export type EmbedderOptions = TransformersOptions | OllamaOptions | OpenAiOptions | FunctionOptions

/** A model in a thread of the process. */
export interface TransformersOptions {
  type: "transformers"
  /**
   * Name of an ONNX model on the model hub. Known are "Xenova/all-MiniLM-L6-v2",
   * "Xenova/paraphrase-MiniLM-L3-v2" and "Xenova/multilingual-e5-small"; any other needs `dimensions`
   * and `similarity`.
   *
   * @defaultValue "Xenova/all-MiniLM-L6-v2"
   */
  model?: string
  /** Folder that holds `<model>/config.json`, `<model>/onnx/…`. Unset: the model hub, cached. */
  models_dir?: string
  /** Whether missing weights may be downloaded. @defaultValue true unless `models_dir` is set */
  allow_download?: boolean
  /** The number of components of the model's vectors. */
  dimensions?: number
  /** Precision of the weights. @defaultValue "q8" */
  dtype?: ModelDtype
  /** How the vectors of a text's tokens become one. @defaultValue "mean" */
  pooling?: ModelPooling
  /** Where texts are cut, in tokens. @defaultValue what the model's tokenizer says */
  max_tokens?: number
  /** Put before each query, such as "query: "; "" for none. @defaultValue the known model's */
  query_prefix?: string
  /**
   * Put before each document, such as "passage: "; "" for none. A change of it rebuilds the index.
   *
   * @defaultValue the known model's
   */
  document_prefix?: string
  /** How the model's cosines are to be read; measure them on your catalogue. */
  similarity?: SimilarityScale
  /**
   * Your word for what else decides over the vectors; a change of it rebuilds the index.
   *
   * @defaultValue made of `dtype`, `max_tokens`, `pooling` and `document_prefix`
   */
  revision?: string
}

/** What all servers have in common. */
export interface RemoteOptions {
  /** The model's name on the server. */
  model: string
  /** The number of components of its vectors. Needed unless the plugin knows the model. */
  dimensions?: number
  /** How its cosines are to be read. Needed unless the plugin knows the model. */
  similarity?: SimilarityScale
  /** Put before each query, such as "search_query: "; "" for none. @defaultValue the known model's */
  query_prefix?: string
  /**
   * Put before each document, such as "search_document: "; "" for none. A change of it rebuilds the index.
   *
   * @defaultValue the known model's
   */
  document_prefix?: string
  /** Further headers of each request. */
  headers?: Record<string, string>
  /** How long a request may take, in milliseconds. @defaultValue 30000 */
  timeout_ms?: number
  /** How often a request is repeated after a network failure, a time-out or a 5xx. @defaultValue 3 */
  max_retries?: number
  /** Texts a request. @defaultValue 32 */
  batch_size?: number
  /** Requests at once. @defaultValue 2 */
  concurrency?: number
  /** Requests a minute, queries included. @defaultValue as many as there are */
  requests_per_minute?: number
  /**
   * Where texts are cut before they are sent, in characters. 2,000 are about 500 tokens of English: raise
   * it for a model that reads more. A change of it rebuilds the index.
   *
   * @defaultValue 2000
   */
  max_characters?: number
  /** Your word for what else decides over the vectors; a change of it rebuilds the index. */
  revision?: string
  /**
   * The id under which vectors are stored: `model@revision`. Give two runtimes of one model the same id
   * and they share vectors; make sure first that these are the same.
   *
   * @defaultValue `<model>@<revision>`, the revision being made of what decides over the vectors
   */
  id?: string
}

/** Ollama's `POST /api/embed`. */
export interface OllamaOptions extends RemoteOptions {
  type: "ollama"
  /** @defaultValue "http://localhost:11434" */
  base_url?: string
  /** How long Ollama keeps the model loaded: "30m", seconds, or -1 for ever. @defaultValue Ollama's */
  keep_alive?: string | number
  /** Whether Ollama cuts texts longer than the model's window, rather than refusing them. @defaultValue true */
  truncate?: boolean
}

/** `POST <base_url>/embeddings`, as OpenAI, llama.cpp, vLLM, LM Studio, TEI … have it. */
export interface OpenAiOptions extends RemoteOptions {
  type: "openai"
  /** Up to and with the version: "https://api.openai.com/v1", "http://localhost:8080/v1". */
  base_url: string
  /** Sent as bearer token. */
  api_key?: string
  /** The name under which the server embeds queries, where that is another than `model`. */
  query_model?: string
  /** Whether to ask the server for vectors shortened to `dimensions`. @defaultValue false */
  request_dimensions?: boolean
}

/** A function of the store's own. */
export interface FunctionOptions {
  type: "function"
  /**
   * Throws an `EmbedderInputError` for a text that can't be embedded; any other error means "later", an
   * `EmbedderUnavailableError` with `retry_after_ms` also how much later.
   */
  embed: (text: string) => Promise<number[]>
  /** Your name for model and revision; a change of it rebuilds the index. */
  id: string
  dimensions: number
  /** How the model's cosines are to be read; measure them on your catalogue. */
  similarity: SimilarityScale
  /** Texts that the function is given at once. @defaultValue 8 */
  concurrency?: number
  /** How long the function may take for a text, in milliseconds. @defaultValue 30000 */
  timeout_ms?: number
}

export const cosine = z.number().min(-1).max(1)

const text = z.string().min(1)
const count = z.number().int().min(1)
const milliseconds = count.max(600_000)
// What an index of half precision holds; one of single precision ends earlier, and says so.
const dimensions = count.max(4_000)
const similarity = z
  .object({ floor: cosine, ceiling: cosine })
  .strict()
  .refine(({ floor, ceiling }) => floor < ceiling, "needs a floor below its ceiling")
const url = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .refine((value) => !new URL(value).username, `bears a user's name: put it into "headers"`)

/** Says which fact of a model is needed that is neither known nor given. */
function refuseUnknown(
  model: string,
  given: { dimensions?: number },
  context: z.RefinementCtx
): typeof z.NEVER {
  context.addIssue({
    code: "custom",
    path: [given.dimensions ? "similarity" : "dimensions"],
    message: `is needed, since the plugin doesn't know the model "${model}"`,
  })
  return z.NEVER
}

const transformers = z
  .object({
    type: z.literal("transformers"),
    model: text.default(DEFAULT_EMBEDDING_MODEL.name),
    models_dir: text.optional(),
    allow_download: z.boolean().optional(),
    dimensions: dimensions.optional(),
    dtype: z.enum(MODEL_DTYPES).optional(),
    pooling: z.enum(MODEL_POOLINGS).optional(),
    max_tokens: count.optional(),
    query_prefix: z.string().optional(),
    document_prefix: z.string().optional(),
    similarity: similarity.optional(),
    revision: text.optional(),
  })
  .strict()
  .transform(({ type, model: name, models_dir, allow_download, ...facts }, context) => {
    const model = describeModel(name, facts)
    return model ? { type, model, models_dir, allow_download } : refuseUnknown(name, facts, context)
  })

const remote = {
  model: text,
  dimensions: dimensions.optional(),
  similarity: similarity.optional(),
  query_prefix: z.string().optional(),
  document_prefix: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  timeout_ms: milliseconds.default(30_000),
  max_retries: z.number().int().min(0).max(10).default(3),
  batch_size: count.max(2_048).default(32),
  concurrency: count.max(64).default(2),
  requests_per_minute: z.number().positive().optional(),
  max_characters: count.default(2_000),
  revision: text.optional(),
  id: text.optional(),
}

/** Fills in what is known of the model that a server offers under this name. */
function withKnownFacts<Options extends { model: string } & Partial<ServedFacts>>(
  options: Options,
  context: z.RefinementCtx
) {
  const known = servedFacts(options.model)
  const {
    dimensions = known?.dimensions,
    similarity = known?.similarity,
    query_prefix = known?.query_prefix,
    document_prefix = known?.document_prefix,
  } = options
  return dimensions && similarity
    ? { ...options, dimensions, similarity, query_prefix, document_prefix }
    : refuseUnknown(options.model, { dimensions }, context)
}

const ollama = z
  .object({
    type: z.literal("ollama"),
    base_url: url.default("http://localhost:11434"),
    keep_alive: z.union([text, z.number()]).optional(),
    truncate: z.boolean().default(true),
    ...remote,
  })
  .strict()
  .transform(withKnownFacts)

const openai = z
  .object({
    type: z.literal("openai"),
    base_url: url,
    api_key: text.optional(),
    query_model: text.optional(),
    request_dimensions: z.boolean().default(false),
    ...remote,
  })
  .strict()
  .transform(withKnownFacts)

const custom = z
  .object({
    type: z.literal("function"),
    embed: z.custom<FunctionOptions["embed"]>((value) => typeof value === "function", {
      message: "must be a function",
    }),
    id: text,
    dimensions,
    similarity,
    concurrency: count.max(1_000).default(8),
    timeout_ms: milliseconds.default(30_000),
  })
  .strict()

/** The option `embedder`, with the facts of known models filled in. */
export const embedderSchema = z.discriminatedUnion("type", [transformers, ollama, openai, custom])

export type ResolvedEmbedder = z.output<typeof embedderSchema>
