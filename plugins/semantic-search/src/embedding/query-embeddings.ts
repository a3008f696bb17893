import { LRUCache } from "lru-cache"
import type { Embedder } from "./embedder"

export interface QueryEmbeddingsOptions {
  /** How many query embeddings are kept; one of 384 dimensions takes about 3 kB. */
  cache_size: number
  /** How long a search waits for its query's embedding, in milliseconds. */
  timeout_ms: number
}

/** After this time an embedding that never came is asked for anew, in milliseconds. */
const GIVE_UP_AFTER_MS = 30_000

/** The embedding, or one sentence that says why there is none. Never an exception. */
export type QueryEmbedding = { vector: number[] } | { unavailable: string }

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

  async get(text: string): Promise<QueryEmbedding> {
    const cached = this.cache_.get(text)
    if (cached) {
      return { vector: cached }
    }
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<QueryEmbedding>((resolve) => {
      timer = setTimeout(
        () => resolve({ unavailable: `No embedding within ${this.options_.timeout_ms} ms` }),
        this.options_.timeout_ms
      )
    })
    const embedded = this.embed(text).then(
      (vector): QueryEmbedding => ({ vector }),
      (error: Error): QueryEmbedding => ({ unavailable: error.message })
    )
    try {
      return await Promise.race([embedded, timeout])
    } finally {
      clearTimeout(timer)
    }
  }

  private embed(text: string): Promise<number[]> {
    const pending = this.pending_.get(text)
    if (pending && Date.now() - pending.since < GIVE_UP_AFTER_MS) {
      return pending.vector
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
