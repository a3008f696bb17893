import pLimit, { type Limit } from "p-limit"
import {
  type EmbedOptions,
  type Embedder,
  type EmbedderHealth,
  EmbedderInputError,
  EmbedderUnavailableError,
  type SimilarityScale,
} from "./embedder"
import { normalised, vectorFault } from "./vector"

export interface FunctionEmbedderOptions {
  /**
   * Text → vector, as the `embedder` option of `search-postgres` has it. What it throws means that no
   * text can be embedded now; an `EmbedderInputError` means that this one never can.
   */
  embed: (text: string) => Promise<number[]>
  /** `model@revision`, chosen by the store; a change of it rebuilds the index. */
  id: string
  dimensions: number
  similarity: SimilarityScale
  /** How many texts the function is given at once; queries have as many places of their own. */
  concurrency: number
  /** How long the function may take for a text, in milliseconds. */
  timeout_ms: number
}

/** Texts a call; the function gets them one by one. */
const BATCH_SIZE = 32

/** An embedder made of a function of the store's own. */
export class FunctionEmbedder implements Embedder {
  readonly id: string
  readonly dimensions: number
  readonly similarity: SimilarityScale
  readonly batch_size = BATCH_SIZE
  /** Each call keeps all places of the function busy. */
  readonly concurrency = 1

  private readonly limits_: Record<"query" | "document", Limit>

  constructor(private readonly options_: FunctionEmbedderOptions) {
    this.id = options_.id
    this.dimensions = options_.dimensions
    this.similarity = options_.similarity
    const { concurrency } = options_
    this.limits_ = { query: pLimit(concurrency), document: pLimit(concurrency) }
  }

  async embed(texts: string[], { purpose = "document" }: EmbedOptions = {}): Promise<number[][]> {
    const limit = this.limits_[purpose]
    return await Promise.all(texts.map((text) => limit(() => this.embedOne(text))))
  }

  async health(): Promise<EmbedderHealth> {
    try {
      await this.embedOne("health")
      return { ok: true }
    } catch (error) {
      return { ok: false, reason: (error as Error).message }
    }
  }

  async close(): Promise<void> {}

  private async embedOne(text: string): Promise<number[]> {
    let vector: number[]
    try {
      vector = await this.inTime(this.options_.embed(text))
    } catch (error) {
      // With what it says of when to try again.
      if (error instanceof EmbedderInputError || error instanceof EmbedderUnavailableError) {
        throw error
      }
      throw new EmbedderUnavailableError(
        `The embedder function failed: ${(error as Error).message}`
      )
    }
    const fault = vectorFault(vector, this.dimensions)
    if (fault) {
      throw new EmbedderInputError(`The embedder function's vector ${fault}`)
    }
    return normalised(vector)
  }

  /** A function that never answers must not stop the queue. */
  private async inTime<T>(answer: Promise<T>): Promise<T> {
    const { timeout_ms } = this.options_
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`it gave no answer within ${timeout_ms} ms`)),
        timeout_ms
      )
    })
    try {
      return await Promise.race([answer, timeout])
    } finally {
      clearTimeout(timer)
    }
  }
}
