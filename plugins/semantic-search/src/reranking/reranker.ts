/**
 * Puts the first hits of a search into a better order, by a model that reads query and document together
 * (a cross-encoder), which is too slow to read them all.
 */
export interface Reranker {
  /** Your name for model and revision; told in the result. */
  readonly id: string
  /**
   * Says how well each document answers the query.
   *
   * @param query the free text
   * @param documents the first hits, best first, as they are indexed
   * @returns one score a document, in their order; higher is better
   */
  rerank(query: string, documents: Record<string, unknown>[]): Promise<number[]>
}

export interface RerankOptions {
  timeout_ms: number
}

/** The hits in their new order, or why they keep the one they had. Never an exception. */
export type Reranked<Hit> = { hits: Hit[]; by?: string; failed?: string }

/**
 * Reorders hits within a time budget. A reranker that fails, answers too late or answers nonsense costs
 * the shopper nothing: the hits stay as they were, and the reason is told.
 */
export async function rerankHits<Hit extends { document: Record<string, unknown> }>(
  reranker: Reranker,
  query: string,
  hits: Hit[],
  { timeout_ms: timeoutMs }: RerankOptions
): Promise<Reranked<Hit>> {
  if (hits.length < 2) {
    return { hits }
  }
  try {
    const documents = hits.map(({ document }) => document)
    const scores = await withinTime(reranker.rerank(query, documents), timeoutMs)
    if (scores.length !== hits.length || !scores.every(Number.isFinite)) {
      return {
        hits,
        failed: `${reranker.id} answered ${scores.length} scores for ${hits.length} hits`,
      }
    }
    const order = hits.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b)
    return { hits: order.map((i) => hits[i]), by: reranker.id }
  } catch (error) {
    return { hits, failed: (error as Error).message }
  }
}

async function withinTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No order within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
