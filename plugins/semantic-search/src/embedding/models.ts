import { contentHash } from "./content-hash"
import type { SimilarityScale } from "./embedder"

/** Precision of a model's weights, in the words of transformers.js. */
export const MODEL_DTYPES = ["fp32", "fp16", "q8", "int8", "uint8", "q4"] as const
export type ModelDtype = (typeof MODEL_DTYPES)[number]

/** How the vectors of a text's tokens become one. */
export const MODEL_POOLINGS = ["mean", "cls"] as const
export type ModelPooling = (typeof MODEL_POOLINGS)[number]

/** What must be known of a model before its vectors can be used. */
export interface EmbeddingModel {
  /** The model's name on the model hub, and its folder below a local models folder. */
  name: string
  /** What else decides over the vectors: precision, and the length at which texts are cut. */
  revision: string
  dimensions: number
  dtype: ModelDtype
  pooling: ModelPooling
  /** Where texts are cut, in tokens; undefined: where the model's tokenizer says. */
  max_tokens?: number
  /** What the model wants before a query, such as "query: ". */
  query_prefix?: string
  /** What the model wants before a document, such as "passage: ". */
  document_prefix?: string
  similarity: SimilarityScale
}

/**
 * all-MiniLM-L6-v2, 8-bit weights: 23 MB, English, about 50 texts of 80 words a second on one core.
 *
 * The scale was measured on a catalogue of 783 books: of 60 searches for a known book 59 have it above
 * the floor, at a median of 24 books; "asdfgh" and "washing machine spare parts" have nothing there.
 */
export const ALL_MINILM_L6_V2: EmbeddingModel = {
  name: "Xenova/all-MiniLM-L6-v2",
  revision: "q8-256",
  dimensions: 384,
  dtype: "q8",
  pooling: "mean",
  max_tokens: 256,
  similarity: { floor: 0.28, ceiling: 0.75 },
}

/**
 * paraphrase-MiniLM-L3-v2: 69 MB, English, half of the layers: three times as fast, and less exact.
 *
 * Measured on the same books: 95 % of the cosines of 58 searches with all books are below the floor, and
 * the nearest book of any of them is at 0.72.
 */
export const PARAPHRASE_MINILM_L3_V2: EmbeddingModel = {
  name: "Xenova/paraphrase-MiniLM-L3-v2",
  revision: "fp32-128",
  dimensions: 384,
  dtype: "fp32",
  pooling: "mean",
  max_tokens: 128,
  similarity: { floor: 0.28, ceiling: 0.75 },
}

/**
 * multilingual-e5-small, 8-bit weights: 118 MB, a hundred languages; all of its cosines are high.
 *
 * Measured with 4-bit weights on 201 of the books: 95 % of the cosines of the same 58 searches are below
 * 0.82, of ten searches in German, French and Spanish below 0.81; the nearest book of any is at 0.90.
 */
export const MULTILINGUAL_E5_SMALL: EmbeddingModel = {
  name: "Xenova/multilingual-e5-small",
  revision: "q8-512",
  dimensions: 384,
  dtype: "q8",
  pooling: "mean",
  max_tokens: 512,
  query_prefix: "query: ",
  document_prefix: "passage: ",
  similarity: { floor: 0.81, ceiling: 0.9 },
}

/** The model that is used where options name none. */
export const DEFAULT_EMBEDDING_MODEL = ALL_MINILM_L6_V2

const KNOWN_MODELS: ReadonlyMap<string, EmbeddingModel> = new Map(
  [ALL_MINILM_L6_V2, PARAPHRASE_MINILM_L3_V2, MULTILINGUAL_E5_SMALL].map((model) => [
    model.name,
    model,
  ])
)

/** The model of that name, or undefined where its facts aren't known and options must give them. */
export function findEmbeddingModel(name: string): EmbeddingModel | undefined {
  return KNOWN_MODELS.get(name)
}

/** Facts of a model that options give: all that isn't known of it, and any that is to be otherwise. */
export type ModelFacts = Partial<Omit<EmbeddingModel, "name">>

/**
 * A model of which some facts are given.
 *
 * @param name its name on the model hub
 * @returns undefined where `dimensions` or `similarity` is neither known nor given
 */
export function describeModel(name: string, facts: ModelFacts): EmbeddingModel | undefined {
  const known = findEmbeddingModel(name)
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  const { dimensions, similarity, ...rest } = {
    ...known,
    ...Object.fromEntries(given),
  } as ModelFacts
  if (!dimensions || !similarity) {
    return undefined
  }
  const model = { dtype: "q8", pooling: "mean", ...rest, name, dimensions, similarity } as const
  return { ...model, revision: facts.revision ?? revisionOf(model, known) }
}

/**
 * Changes of what decides over a document's vector change its revision, so that vectors made in two ways
 * never stand side by side. A query's prefix isn't among it: no query's vector is stored.
 */
function revisionOf(
  model: Omit<EmbeddingModel, "revision">,
  known: EmbeddingModel | undefined
): string {
  const parts = [model.dtype, String(model.max_tokens ?? "all")]
  if (model.pooling !== "mean") {
    parts.push(model.pooling)
  }
  const prefix = model.document_prefix ?? ""
  if (prefix !== (known?.document_prefix ?? "")) {
    parts.push(prefixMark(prefix))
  }
  return parts.join("-")
}

/** What stands for a prefix in a revision. */
export function prefixMark(prefix: string): string {
  return contentHash(prefix).slice(0, 6)
}

/** `model@revision`: the id under which a model's vectors are stored. */
export function embeddingModelId(model: Pick<EmbeddingModel, "name" | "revision">): string {
  return `${model.name}@${model.revision}`
}

/** How a model gets a text to see: with the prefix that it wants before a query, or a document. */
export function prefixed(
  text: string,
  purpose: "query" | "document",
  {
    query_prefix = "",
    document_prefix = "",
  }: Pick<EmbeddingModel, "query_prefix" | "document_prefix">
): string {
  return (purpose === "query" ? query_prefix : document_prefix) + text
}
