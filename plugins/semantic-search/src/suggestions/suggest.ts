import type { ConfiguredStoreSearch, MedusaStoreRequest } from "@medusajs/framework/http"
import type { ISearchModuleService } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import type { Suggestion } from "../providers/pgvector/suggestions/find-suggestions"
import { ANY_CHANNEL } from "../providers/pgvector/suggestions/refresh-phrases"
import type { SuggestOption } from "../providers/pgvector/suggestions/suggest"
import { shopperScope } from "../scope/shopper-scope"

/** What a search box shows below a text that is being typed. */
export interface StoreSuggestions {
  suggestions: Suggestion[]
  /** The products that the suggestions lead to; of an index without these fields, what it has of them. */
  products: Record<string, unknown>[]
  processing_time_ms: number
}

export interface SuggestionQuery {
  q: string
  limit: number
  index: string
}

/** How many products are shown beside the completions. */
const PRODUCTS = 5

/** What is shown of a product. */
const PRODUCT_FIELDS = ["id", "title", "handle", "thumbnail"]

/**
 * Completes what a shopper types, from the phrases of products that this shopper may see, and finds
 * products for it.
 *
 * @throws MedusaError `not_found` for an index that `POST /store/search` doesn't open to shoppers
 */
export async function suggestFor(
  request: MedusaStoreRequest & ConfiguredStoreSearch,
  { q, limit, index }: SuggestionQuery
): Promise<StoreSuggestions> {
  const started = performance.now()
  const open = request.storeSearchConfig?.allowed_indexes ?? {}
  // Every object has a "constructor".
  if (!Object.hasOwn(open, index) || !open[index]) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `No search index named "${index}"`)
  }
  const { filters, channels, narrowed } = await shopperScope(request, index, "the search box")
  const suggest: SuggestOption = {
    channels: channels ?? [ANY_CHANNEL],
    narrowed,
    documents: PRODUCTS,
  }
  const searchModule = request.scope.resolve<ISearchModuleService>(Modules.SEARCH)
  // What the index doesn't hold would be read from the store, for each key that is typed.
  const held = new Set(searchModule.listRetrievableFields(index))
  const query = request.scope.resolve(ContainerRegistrationKeys.QUERY)
  const [{ search_result }] = await query.search([
    {
      entity: index,
      fields: PRODUCT_FIELDS.filter((field) => held.has(field)),
      filters: q ? { q, ...filters } : filters,
      pagination: { take: limit },
      search_options: { count: "none", provider_options: { pgvector: { suggest } } },
    },
  ])
  const { hits, provider_metadata } = search_result
  return {
    suggestions: (provider_metadata?.suggestions ?? []) as Suggestion[],
    products: hits.map(({ document }) => document),
    processing_time_ms: Math.round(performance.now() - started),
  }
}
