import type { ConfiguredStoreSearch, MedusaStoreRequest } from "@medusajs/framework/http"
import type { ISearchModuleService, SearchTypes } from "@medusajs/framework/types"
import { MedusaError, Modules, ProductStatus } from "@medusajs/framework/utils"

/** What a shopper may see of an index. */
export interface ShopperScope {
  filters: SearchTypes.SearchFilters
  /** The sales channels of the publishable key; undefined: the index isn't one of products. */
  channels?: string[]
  /** Whether a filter of the store's own keeps back more than drafts and other channels' products. */
  narrowed: boolean
}

/**
 * What `POST /store/search` would let the same shopper see: published products of the publishable key's
 * sales channels, and what a store's `configureStoreSearch` on this route adds.
 *
 * @param user who asks, for messages: "the assistant"
 * @throws MedusaError `not_found` when the index isn't there, `not_allowed` when it lacks the fields that
 *   keep drafts and other channels' products from shoppers
 */
export async function shopperScope(
  request: MedusaStoreRequest & ConfiguredStoreSearch,
  index: string,
  user: string
): Promise<ShopperScope> {
  const searchModule = request.scope.resolve<ISearchModuleService>(Modules.SEARCH, {
    allowUnregistered: true,
  })
  if (!searchModule) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `The Search Module is not installed, so ${user} finds nothing.`
    )
  }
  const { entity, fields } = searchModule.getIndex(index)
  const config = request.storeSearchConfig?.allowed_indexes[index]
  const own = typeof config === "object" ? await config.filters?.(request) : undefined
  if (entity !== "product") {
    return { filters: own ?? {}, narrowed: !!own }
  }
  for (const field of ["status", "sales_channel_ids"]) {
    if (fields[field]?.filterable !== true) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        `Search index "${index}" has no filterable field "${field}", so ${user} can't keep hidden products from shoppers. Add the field to the index.`
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
  return { filters: own ? { $and: [visible, own] } : visible, channels, narrowed: !!own }
}
