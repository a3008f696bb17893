import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { missedEvents } from "../indexes/missed-events"
import { type ChangeEvent, eventIds } from "../indexes/product-events"
import { registeredProductIndexes } from "../indexes/registered-indexes"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { REFRESH_BATCH, refreshNow, refreshQueuedProducts } from "./refresh-products"

/**
 * Takes an event that may touch a large part of the catalogue. Its products are queued in Postgres — ids
 * alone, a page at a time, each once however many events name it — and read from there in the background.
 * The event is done as soon as they are queued: on a bus that delivers one event at a time, none waits
 * behind a whole catalogue.
 *
 * An event that touches few products is left to the index itself. One that can't be taken, as the
 * database is away, is remembered and tried again.
 */
export async function queueChangedProducts(
  container: MedusaContainer,
  event: ChangeEvent
): Promise<void> {
  const wide = [...registeredProductIndexes().values()].filter(
    (events) => !events.isDeletion(event) && events.isWide(event, REFRESH_BATCH)
  )
  if (!wide.length) {
    return
  }
  try {
    await queueProductsOf(container, event, wide)
  } catch (error) {
    missedEvents.add(event.name, eventIds(event.data))
    throw error
  }
  void refreshQueuedProducts(container)
}

/**
 * Queues the products whose documents an event may have changed.
 *
 * @param indexes the events of the indexes that are asked. Default: those of all indexes of products
 */
export async function queueProductsOf(
  container: MedusaContainer,
  event: ChangeEvent,
  indexes = [...registeredProductIndexes().values()]
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  for (const events of indexes) {
    for await (const ids of events.productIds(event.name, eventIds(event.data), query)) {
      // Without the provider there is no queue; the store's own provider takes them at once.
      if (!(await service.queueForRefresh(ids))) {
        await refreshInBatches(container, ids)
      }
    }
  }
}

async function refreshInBatches(container: MedusaContainer, ids: string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += REFRESH_BATCH) {
    await refreshNow(container, ids.slice(start, start + REFRESH_BATCH))
  }
}
