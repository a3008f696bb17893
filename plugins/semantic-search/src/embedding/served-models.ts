import {
  ALL_MINILM_L6_V2,
  type EmbeddingModel,
  MULTILINGUAL_E5_SMALL,
  PARAPHRASE_MINILM_L3_V2,
} from "./models"

/** Under which names servers offer the known models: a tag or a file's ending may follow. */
const SERVED_NAMES: readonly [RegExp, EmbeddingModel][] = [
  [/(^|[/_-])all-minilm-l6-v2/i, ALL_MINILM_L6_V2],
  // What Ollama's library calls the same; its "33m" is a model of twelve layers.
  [/^all-minilm(:(latest|22m|l6-v2.*))?$/i, ALL_MINILM_L6_V2],
  [/(^|[/_-])paraphrase-minilm-l3-v2/i, PARAPHRASE_MINILM_L3_V2],
  [/(^|[/_-])multilingual-e5-small/i, MULTILINGUAL_E5_SMALL],
]

/** What is the same of a model whatever runs it. */
export type ServedFacts = Pick<
  EmbeddingModel,
  "dimensions" | "similarity" | "query_prefix" | "document_prefix"
>

/** What is known of a model that a server offers under a name. */
export function servedFacts(name: string): ServedFacts | undefined {
  const known = SERVED_NAMES.find(([pattern]) => pattern.test(name))?.[1]
  if (!known) {
    return undefined
  }
  const { dimensions, similarity, query_prefix, document_prefix } = known
  return { dimensions, similarity, query_prefix, document_prefix }
}
