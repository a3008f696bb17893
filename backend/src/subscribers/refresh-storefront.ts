import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { registeredProductIndexes } from "medusa-plugin-semantic-search"
import { changedTags, storefrontEvents } from "../storefront/changed-tags"
import { readStorefrontTarget, StorefrontCache } from "../storefront/storefront-cache"

const target = readStorefrontTarget(process.env)
let cache: StorefrontCache | undefined

/** Has the storefront forget what an event has changed. */
export default async function refreshStorefront({
  event,
  container,
}: SubscriberArgs<unknown>): Promise<void> {
  if (!target) {
    return
  }
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  cache ??= new StorefrontCache(target, (message) => logger.warn(message))
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  cache.forget(await changedTags(event, registeredProductIndexes().values(), query))
}

export const config: SubscriberConfig = {
  // Medusa loads a store's indexes before its subscribers.
  event: target ? storefrontEvents(registeredProductIndexes().values()) : [],
  context: { subscriberId: "libro-mind-refresh-storefront" },
}
