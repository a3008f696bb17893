import type { SimilarityScale } from "./embedder"

/** What must be known of a model before its vectors can be used. */
export interface EmbeddingModel {
  /** The model's name on the model hub, and its folder below a local models folder. */
  name: string
  /** What else decides over the vectors: precision, and the length at which texts are cut. */
  revision: string
  dimensions: number
  /** Precision of the weights, in the words of transformers.js. */
  dtype: "q8" | "fp32"
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
  similarity: { floor: 0.28, ceiling: 0.75 },
}

/** The model that is used where options name none. */
export const DEFAULT_EMBEDDING_MODEL = ALL_MINILM_L6_V2

const KNOWN_MODELS: ReadonlyMap<string, EmbeddingModel> = new Map(
  [ALL_MINILM_L6_V2].map((model) => [model.name, model])
)

/** The model of that name, or undefined where its facts aren't known and options must give them. */
export function findEmbeddingModel(name: string): EmbeddingModel | undefined {
  return KNOWN_MODELS.get(name)
}

/** `model@revision`: the id under which a model's vectors are stored. */
export function embeddingModelId(model: Pick<EmbeddingModel, "name" | "revision">): string {
  return `${model.name}@${model.revision}`
}
