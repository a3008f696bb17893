import {
  createInstantSearchAdapter,
  type SearchQuery,
  type SearchResult,
} from "@medusajs/instantsearch-adapter"
import type { SearchClient } from "instantsearch.js"

/** How a batch of queries reaches the store: over the shop's own server, or from within it. */
export type Requester = (queries: SearchQuery[]) => Promise<SearchResult[]>

/** The name under which a result carries the provider's own words; the adapter drops them. */
export const PROVIDER_METADATA = "providerMetadata"

/**
 * InstantSearch's client for the books of the shop.
 *
 * @param requester carries the queries
 * @param currency whose price facet is a range
 */
export function createSearchClient(requester: Requester, currency: string): SearchClient {
  const { searchClient } = createInstantSearchAdapter({
    requester,
    numericAttributes: [`prices.${currency}`],
    transformResponse: (response, result) => ({
      ...response,
      [PROVIDER_METADATA]: result.provider_metadata,
    }),
  })
  // The adapter's client has what InstantSearch calls, in types of its own.
  return searchClient as unknown as SearchClient
}

/** Asks through the shop's own server, which knows the key. */
export const browserRequester: Requester = async (queries) => {
  const response = await fetch("/api/search", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ queries }),
  })
  const body = (await response.json().catch(() => ({}))) as {
    results?: SearchResult[]
    message?: string
  }
  if (!response.ok || !body.results) {
    throw new Error(body.message ?? "The search gave no answer.")
  }
  return body.results
}
