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
  /** How many texts a call is best given: more are no faster, and one bad text spoils the call. */
  readonly batch_size: number
  /** How many calls at once are of use. Beyond that they wait for each other. */
  readonly concurrency: number
  /**
   * Embeds texts.
   *
   * @param texts any number of texts; those longer than the model's window are cut
   * @returns one normalised vector a text, in the order of the texts
   * @throws EmbedderUnavailableError when no text can be embedded now (weights missing, server down)
   * @throws EmbedderInputError when this input can't be embedded, however often it is tried
   */
  embed(texts: string[], options?: EmbedOptions): Promise<number[][]>
  /** Says whether texts can be embedded now, loading the model where that is how to find out. */
  health(options?: HealthOptions): Promise<EmbedderHealth>
  /** Frees what the embedder holds: threads, connections. It may be used again afterwards. */
  close(): Promise<void>
}

export interface EmbedOptions {
  /**
   * `query` goes before waiting documents, since a shopper waits for it, and gets the prefix that the
   * model wants before a query.
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

export interface HealthOptions {
  /**
   * Whether to find out anew, by a document, although the embedder answered a moment ago.
   *
   * @defaultValue false
   */
  fresh?: boolean
}

export type EmbedderHealth = { ok: true } | { ok: false; reason: string }

/** No text can be embedded at present; a later try may well succeed. No text is blamed for it. */
export class EmbedderUnavailableError extends Error {
  override readonly name = "EmbedderUnavailableError"
  /** How long the embedder asks to be left alone, in milliseconds; undefined where it didn't say. */
  readonly retry_after_ms: number | undefined

  constructor(message: string, { retry_after_ms }: { retry_after_ms?: number } = {}) {
    super(message)
    this.retry_after_ms = retry_after_ms
  }
}

/** This very input can't be embedded; another try would fail as well. */
export class EmbedderInputError extends Error {
  override readonly name = "EmbedderInputError"
}
