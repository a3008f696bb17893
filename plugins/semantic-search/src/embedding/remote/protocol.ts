/** How a kind of server is asked for embeddings, and how it answers. */
export interface EmbeddingProtocol {
  /** The path of its route, below the base URL. */
  path: string
  /** The body of a request. */
  request(texts: string[], model: string): object
  /** The vectors of an answer, in the order of the texts; undefined where there are none. */
  vectors(answer: unknown): unknown
}
