import type { ConfiguredStoreSearch, MedusaStoreRequest } from "@medusajs/framework/http"
import type { SearchTypes } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { shopperScope } from "../scope/shopper-scope"
import type { AssistantHit } from "./hits"

/**
 * Finds the products for a question, as `POST /store/search` would for the same shopper: published ones of
 * the publishable key's sales channels, and what a store's `configureStoreSearch` on this route adds.
 *
 * @throws MedusaError `not_found` when the index isn't there, `not_allowed` when it lacks the fields that
 *   keep drafts and other channels' products from shoppers
 */
export async function retrieve(
  request: MedusaStoreRequest & ConfiguredStoreSearch,
  { index, text, take }: { index: string; text: string; take: number }
): Promise<AssistantHit[]> {
  const query = request.scope.resolve(ContainerRegistrationKeys.QUERY)
  const scope = await shopperScope(request, index, "the assistant")
  const search = async (match_strategy: SearchTypes.SearchMatchStrategy) => {
    const [{ search_result }] = await query.search([
      {
        entity: index,
        filters: { q: text, ...scope.filters },
        pagination: { take },
        search_options: { match_strategy },
      },
    ])
    return search_result.hits
  }
  const hits = await search("all")
  // A whole question seldom stands in a product's text. By meaning it finds some all the same; where that
  // is off, any of its words has to do.
  const found = hits.length ? hits : await search("any")
  return found.map(({ id, document }, i) => ({ n: i + 1, id, document }))
}
