import {
  type Embedder,
  type EmbedderHealth,
  EmbedderInputError,
  EmbedderUnavailableError,
  type SimilarityScale,
} from "./embedder"
import { vectorFault } from "./vector"

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
}

/** An embedder made of a function of the store's own. */
export class FunctionEmbedder implements Embedder {
  readonly id: string
  readonly dimensions: number
  readonly similarity: SimilarityScale

  constructor(private readonly options_: FunctionEmbedderOptions) {
    this.id = options_.id
    this.dimensions = options_.dimensions
    this.similarity = options_.similarity
  }

  async embed(texts: string[]): Promise<number[][]> {
    return await Promise.all(texts.map((text) => this.embedOne(text)))
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
      vector = await this.options_.embed(text)
    } catch (error) {
      if (error instanceof EmbedderInputError) {
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
    return vector
  }
}
