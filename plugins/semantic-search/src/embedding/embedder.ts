/**
 * Text → vector. Everything that needs an embedding goes through this interface, so that a store
 * can swap the in-process model for a server or a function of its own.
 *
 * Terminology
 * - embedding: a vector of `dimensions` numbers that stands for the meaning of a text
 * - model id: `model@revision`; vectors of two ids are never compared with each other
 * - similarity: the cosine of two embeddings, −1 … 1
 */
export interface Embedder {
  /** `model@revision`. Stored with every vector; a change of it means that an index is rebuilt. */
  readonly id: string
  /** The number of components of each embedding. */
  readonly dimensions: number
  /** How this model's similarities are to be read. */
  readonly similarity: SimilarityScale
  /**
   * Embeds texts.
   *
   * @param texts one or more texts; those longer than the model's window are cut by the model
   * @returns one normalised vector a text, in the order of the texts
   * @throws EmbedderUnavailableError when no text can be embedded now (weights missing, server down)
   * @throws EmbedderInputError when this input can't be embedded, however often it is tried
   */
  embed(texts: string[], options?: EmbedOptions): Promise<number[][]>
  /** Says whether texts can be embedded now, loading the model where that is how to find out. */
  health(): Promise<EmbedderHealth>
  /** Frees what the embedder holds: threads, connections. It may be used again afterwards. */
  close(): Promise<void>
}

export interface EmbedOptions {
  /**
   * `query` goes before waiting documents, since a shopper waits for it.
   *
   * @defaultValue "document"
   */
  purpose?: "query" | "document"
}

/**
 * Cosines of one model can't be read on another's scale: unrelated texts are near 0.1 in one model
 * and near 0.75 in another. Both bounds are measured for each model.
 */
export interface SimilarityScale {
  /** Below this a text isn't about what was asked: such a document is no semantic hit. */
  floor: number
  /** From here on a match can hardly be closer: it scores 1. */
  ceiling: number
}

export type EmbedderHealth = { ok: true } | { ok: false; reason: string }

/** No text can be embedded at present; a later try may well succeed. Not the text's fault. */
export class EmbedderUnavailableError extends Error {
  override readonly name = "EmbedderUnavailableError"
}

/** This very input can't be embedded; another try would fail as well. */
export class EmbedderInputError extends Error {
  override readonly name = "EmbedderInputError"
}
