import type { QueryEmbedding } from "../embedding/query-embeddings"
import { instruments } from "./instruments"
import { ATTR_DEGRADED, ATTR_MODEL, ATTR_SOURCE } from "./names"
import { inSpan } from "./tracing"

const MS_PER_SECOND = 1_000

/** Where a query's embedding comes from: memory, a call that is under way already, or a new call. */
export type QueryEmbeddingSource = "memory" | "pending" | "model"

/** Traces, times and counts the look-up of a query's embedding. The query itself stays out of it. */
export async function observeQueryEmbedding(
  model: string,
  source: QueryEmbeddingSource,
  run: () => Promise<QueryEmbedding>
): Promise<QueryEmbedding> {
  const measured = { [ATTR_MODEL]: model, [ATTR_SOURCE]: source }
  const started = performance.now()
  return await inSpan("semantic_search.embed_query", measured, async (span) => {
    const embedding = await run()
    const outcome = "reason" in embedding ? { [ATTR_DEGRADED]: embedding.reason } : {}
    span.setAttributes(outcome)
    const { queryEmbeddingDuration, queryEmbeddingLookups } = instruments()
    const seconds = (performance.now() - started) / MS_PER_SECOND
    queryEmbeddingDuration.record(seconds, { ...measured, ...outcome })
    queryEmbeddingLookups.add(1, { ...measured, ...outcome })
    return embedding
  })
}
