import type { Event, RemoteQueryFunction } from "@medusajs/framework/types"
import { eventIds, type ProductEvents } from "medusa-plugin-semantic-search"

const lifecycle = (name: string) => [`${name}.created`, `${name}.updated`, `${name}.deleted`]

/** Events that change more than products, and the tags of the storefront's cache that they change. */
const OTHER_TAGS: ReadonlyMap<string, string[]> = new Map([
  // With its currency, a region changes the price of everything.
  ...lifecycle("region").map((name): [string, string[]] => [name, ["regions", "products"]]),
  ...lifecycle("product-category").map((name): [string, string[]] => [name, ["categories"]]),
])

/** From so many products on, all are forgotten: to ask which they are would cost more than it saves. */
const MANY_PRODUCTS = 100

/** Addresses of which the shop knows that they have no product. */
const MISSING = "missing-products"

/** The events that change something which the storefront caches. */
export function storefrontEvents(indexes: Iterable<ProductEvents>): string[] {
  return [...new Set([...OTHER_TAGS.keys(), ...[...indexes].flatMap(({ names }) => names)])]
}

/**
 * The tags of the storefront's cache under which is what an event has changed. What changes a product's
 * document in a search index changes its page as well.
 */
export async function changedTags(
  { name, data }: Pick<Event<unknown>, "name" | "data">,
  indexes: Iterable<ProductEvents>,
  query: Pick<RemoteQueryFunction, "graph">
): Promise<string[]> {
  const tags = new Set(OTHER_TAGS.get(name))
  for (const index of indexes) {
    if (!index.names.includes(name)) {
      continue
    }
    tags.add(MISSING)
    if (index.isWide({ name, data }, MANY_PRODUCTS)) {
      tags.add("products")
      continue
    }
    for await (const ids of index.productIds(name, eventIds(data), query)) {
      ids.forEach((id) => tags.add(`product:${id}`))
    }
  }
  return [...tags]
}
