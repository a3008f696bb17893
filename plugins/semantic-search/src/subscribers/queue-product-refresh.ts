import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { registeredProductIndexes } from "../indexes/registered-indexes"
import { queueChangedProducts } from "../maintenance"

/** Takes over from the Search Module the events that may touch a large part of the catalogue. */
export default async function queueProductRefresh({
  event,
  container,
}: SubscriberArgs<unknown>): Promise<void> {
  await queueChangedProducts(container, event)
}

export const config: SubscriberConfig = {
  // Medusa loads a store's indexes before its subscribers.
  event: [...new Set([...registeredProductIndexes().values()].flatMap((events) => events.names))],
  context: { subscriberId: "semantic-search-product-refresh" },
}
