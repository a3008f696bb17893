import type { SearchTypes } from "@medusajs/framework/types"
import type { Database } from "../database"
import type { Extensions } from "../storage/extensions"
import type { ObservedSuggestions } from "../../../telemetry"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { findSuggestions } from "./find-suggestions"

/**
 * What makes a query one for suggestions: `search_options.provider_options.pgvector.suggest`. Going
 * through the Search Module, it is answered from the version of the index that serves, and with the
 * filters that a search would have. `POST /store/search` takes no provider options from clients.
 */
export interface SuggestOption {
  /** The sales channels whose phrases count; `ANY_CHANNEL` for an index that knows none. */
  channels: string[]
  /** Whether the query's filters keep back more than drafts and other channels' documents. */
  narrowed: boolean
  /** How many documents are wanted besides: the hits of the answer. */
  documents: number
}

/** The option of a query, if it is one for suggestions. */
export function suggestOption(input: SearchTypes.ProviderSearchQuery): SuggestOption | undefined {
  return input.search_options?.provider_options?.pgvector?.suggest as SuggestOption | undefined
}

/** Answers a query for suggestions: they are in `provider_metadata.suggestions`. */
export async function suggest(
  input: SearchTypes.ProviderSearchQuery,
  { channels, narrowed, documents }: SuggestOption,
  index: PhysicalIndex,
  { database, extensions }: { database: Database; extensions: Extensions }
): Promise<ObservedSuggestions> {
  const started = performance.now()
  const take = input.pagination?.take ?? 0
  const { suggestions, hits, corrected } = await findSuggestions(database, {
    index,
    extensions,
    text: input.q?.trim() ?? "",
    filters: input.filters,
    channels,
    narrowed,
    limit: take,
    documents,
    attributes: input.attributes_to_retrieve,
  })
  const result = {
    hits,
    metadata: {
      skip: 0,
      take,
      count: null,
      query: input.q,
      processing_time_ms: Math.round(performance.now() - started),
    },
    provider_metadata: { suggestions },
  }
  return { result, corrected }
}
