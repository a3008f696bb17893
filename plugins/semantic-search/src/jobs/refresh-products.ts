import type { MedusaContainer } from "@medusajs/framework/types"
import { queueDuePriceLists, queueMissedChanges, refreshQueuedProducts } from "../maintenance"

/** How often is looked, in milliseconds: what changes is to be found within seconds. */
const INTERVAL_MS = 3_000

/**
 * Takes up what no event brings: price lists that start or end by their dates, or change without a word;
 * what events brought that failed; products that a process which has ended left in the queue.
 */
export default async function refreshProductsJob(container: MedusaContainer): Promise<void> {
  await queueDuePriceLists(container)
  // After a look into the database: while it is away, they are better kept.
  await queueMissedChanges(container)
  await refreshQueuedProducts(container)
}

export const config = {
  name: "semantic-search-refresh-products",
  schedule: { interval: INTERVAL_MS },
}
