import type { ConfiguredStoreSearch, MedusaStoreRequest } from "@medusajs/framework/http"
import type { ISearchModuleService, SearchTypes } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MedusaError,
  Modules,
  ProductStatus,
} from "@medusajs/framework/utils"
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
  const scope = await shopperScope(request, index)
  const search = async (match_strategy: SearchTypes.SearchMatchStrategy) => {
    const [{ search_result }] = await query.search([
      {
        entity: index,
        filters: { q: text, ...scope },
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

async function shopperScope(
  request: MedusaStoreRequest & ConfiguredStoreSearch,
  index: string
): Promise<SearchTypes.SearchFilters> {
  const searchModule = request.scope.resolve<ISearchModuleService>(Modules.SEARCH, {
    allowUnregistered: true,
  })
  if (!searchModule) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "The Search Module is not installed, so the assistant finds nothing."
    )
  }
  const { entity, fields } = searchModule.getIndex(index)
  const config = request.storeSearchConfig?.allowed_indexes[index]
  const own = typeof config === "object" ? await config.filters?.(request) : undefined
  if (entity !== "product") {
    return own ?? {}
  }
  for (const field of ["status", "sales_channel_ids"]) {
    if (fields[field]?.filterable !== true) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `Search index "${index}" has no filterable field "${field}", so the assistant can't keep hidden products from shoppers. Add the field to the index.`
      )
    }
  }
  const channels = request.publishable_key_context.sales_channel_ids
  if (!channels.length) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "Publishable key needs to have a sales channel configured"
    )
  }
  const visible = { status: ProductStatus.PUBLISHED, sales_channel_ids: channels }
  return own ? { $and: [visible, own] } : visible
}
