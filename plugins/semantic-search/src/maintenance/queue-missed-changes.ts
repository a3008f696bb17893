import type { ISearchModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { missedEvents } from "../indexes/missed-events"
import { PRODUCTS_CHANGED } from "../indexes/product-events"
import { registeredProductIndexes } from "../indexes/registered-indexes"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { oweComparison } from "./due-comparison"
import { queueProductsOf } from "./queue-changed-products"

/**
 * Queues the products of events that failed in this process, as the store couldn't be read or the index
 * not be written. It tries once: what fails again is left to a comparison, which is then owed.
 */
export async function queueMissedChanges(container: MedusaContainer): Promise<void> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const missed = missedEvents.take()
  const unwritten = service.takeUnwritten()
  const search = container.resolve<ISearchModuleService>(Modules.SEARCH)
  for (const index of registeredProductIndexes().keys()) {
    const ids = unwritten.get(search.getIndex(index).physical_name)
    if (ids) {
      missed.set(PRODUCTS_CHANGED, [...(missed.get(PRODUCTS_CHANGED) ?? []), ...ids])
    }
  }
  try {
    for (const [name, id] of missed) {
      await queueProductsOf(container, { name, data: { id } })
    }
  } catch (error) {
    oweComparison()
    throw error
  }
}
