import type { Sql } from "sql-template-tag"
import type { QueryEmbedding, SimilarityScale } from "../../../embedding"
import type { PhysicalIndex } from "../storage/index-catalogue"
import type { FilterSelectivity } from "./filter-selectivity"
import type { SemanticPart } from "./result-set"
import type { SearchRequest } from "./search-request"

/** Orders that say nothing of relevance show the tail of a result first: a semantic hit must be nearer. */
const BY_FIELD_SHARE = 0.35

/** How much less near a document may be that holds a word of the query. */
const SUPPORTED_SHARE = 1 / 6

export interface MeaningContext {
  settings: { semantic_window: number; semantic_threshold?: number }
  /** The model whose embeddings `embedQuery` makes, and how its similarities are read. */
  model: string
  scale: SimilarityScale
  embedQuery: (text: string) => Promise<QueryEmbedding>
  selectivity: FilterSelectivity
}

/**
 * What a query is searched for by meaning, or why that can't be done at present.
 *
 * @param byField whether the hits are ordered by a field rather than by relevance
 */
export async function resolveMeaning(
  request: SearchRequest,
  { byField, filters, index }: { byField: boolean; filters: Sql; index: PhysicalIndex },
  { embedQuery, model, scale, selectivity, settings }: MeaningContext
): Promise<{ semantic?: SemanticPart; degraded?: string }> {
  const { vector, meaning, ratio } = request
  if (!vector || !meaning) {
    return {}
  }
  const window = settings.semantic_window
  const isSelective = () => selectivity.isSelective(index, filters, window)
  if ("embedding" in meaning) {
    const { embedding } = meaning
    // Whatever made it, each of the nearest is a hit, at any similarity.
    const scored = { from: 0, to: scale.ceiling }
    return { semantic: { vector, window, scored, ratio, embedding, exact: await isSelective() } }
  }
  if (vector.embedded?.model !== model) {
    const built = vector.embedded?.model ?? "vectors of the store's own"
    return {
      degraded: `The index was built with ${built}, but the provider runs ${model}: run "npx medusa db:migrate" and restart`,
    }
  }
  const [embedding, exact] = await Promise.all([embedQuery(meaning.text), isSelective()])
  if ("unavailable" in embedding) {
    return { degraded: embedding.unavailable }
  }
  const floor = settings.semantic_threshold ?? scale.floor
  const span = scale.ceiling - scale.floor
  const threshold = byField ? floor + BY_FIELD_SHARE * span : floor
  const supported = SUPPORTED_SHARE * span
  // A similarity scores the same in every order and mode, and that of no hit scores less than 0.
  const scored = { from: Math.min(floor, scale.floor) - supported, to: scale.ceiling }
  return {
    semantic: {
      ...{ vector, window, scored, ratio, exact, threshold },
      embedding: embedding.vector,
      ...(request.mode === "hybrid" ? { supportedThreshold: threshold - supported } : {}),
    },
  }
}
