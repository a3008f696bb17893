import { LRUCache } from "lru-cache"
import { observeQueryEmbedding, type QueryEmbeddingSource } from "../telemetry"
import type { Embedder } from "./embedder"

export interface QueryEmbeddingsOptions {
  /** How many query embeddings are kept; one of 384 dimensions takes about 3 kB. */
  cache_size: number
  /** How long a search waits for its query's embedding, in milliseconds. */
  timeout_ms: number
}

/** After this time an embedding that never came is asked for anew, in milliseconds. */
const GIVE_UP_AFTER_MS = 30_000

/** The embedding, or why there is none: in one sentence, and in one word. Never an exception. */
export type QueryEmbedding =
  { vector: number[] } | { unavailable: string; reason: "timeout" | "unavailable" }

/**
 * The embeddings of what shoppers type. A text that was asked before answers from memory; one that is
 * being embedded is waited for, not asked twice (one request of InstantSearch carries the same text up
 * to twenty times); and none is waited for longer than the time budget, since keyword hits now are
 * worth more than meaning later. What arrives late is kept for the next search.
 */
export class QueryEmbeddings {
  private readonly cache_: LRUCache<string, number[]>
  private readonly pending_: LRUCache<string, { vector: Promise<number[]>; since: number }>

  constructor(
    private readonly embedder_: Embedder,
    private readonly options_: QueryEmbeddingsOptions
  ) {
    this.cache_ = new LRUCache({ max: options_.cache_size })
    this.pending_ = new LRUCache({ max: options_.cache_size })
  }

  get(text: string): Promise<QueryEmbedding> {
    return observeQueryEmbedding(this.embedder_.id, this.source(text), () => this.lookUp(text))
  }

  private source(text: string): QueryEmbeddingSource {
    return this.cache_.has(text) ? "memory" : this.pending(text) ? "pending" : "model"
  }

  private async lookUp(text: string): Promise<QueryEmbedding> {
    const cached = this.cache_.get(text)
    if (cached) {
      return { vector: cached }
    }
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<QueryEmbedding>((resolve) => {
      timer = setTimeout(
        () =>
          resolve({
            unavailable: `No embedding within ${this.options_.timeout_ms} ms`,
            reason: "timeout",
          }),
        this.options_.timeout_ms
      )
    })
    const embedded = this.embed(text).then(
      (vector): QueryEmbedding => ({ vector }),
      (error: Error): QueryEmbedding => ({ unavailable: error.message, reason: "unavailable" })
    )
    try {
      return await Promise.race([embedded, timeout])
    } finally {
      clearTimeout(timer)
    }
  }

  /** The call that is under way for a text, unless it is as good as lost. */
  private pending(text: string): Promise<number[]> | undefined {
    const pending = this.pending_.get(text)
    return pending && Date.now() - pending.since < GIVE_UP_AFTER_MS ? pending.vector : undefined
  }

  private embed(text: string): Promise<number[]> {
    const pending = this.pending(text)
    if (pending) {
      return pending
    }
    const asked = this.embedder_
      .embed([text], { purpose: "query" })
      .then(([vector]) => {
        this.cache_.set(text, vector)
        return vector
      })
      .finally(() => {
        if (this.pending_.peek(text)?.vector === asked) {
          this.pending_.delete(text)
        }
      })
    this.pending_.set(text, { vector: asked, since: Date.now() })
    return asked
  }
}
