import type { MedusaContainer } from "@medusajs/framework/types"
import { queueDuePriceLists, refreshQueuedProducts } from "../maintenance"

/** How often is looked, in milliseconds: what changes is to be found within seconds. */
const INTERVAL_MS = 3_000

/**
 * Takes up what no event brings: price lists that start or end by their dates, and products that a
 * process which has ended left in the queue.
 */
export default async function refreshProductsJob(container: MedusaContainer): Promise<void> {
  await queueDuePriceLists(container)
  await refreshQueuedProducts(container)
}

export const config = {
  name: "semantic-search-refresh-products",
  schedule: { interval: INTERVAL_MS },
}
