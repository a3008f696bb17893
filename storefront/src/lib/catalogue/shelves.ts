import "server-only"
import { cacheLife, cacheTag } from "next/cache"
import { SHARED_LIFE } from "../cache/life"
import { medusa } from "../medusa/client"

/** A shelf of the shop: a product category. */
export interface Shelf {
  handle: string
  name: string
}

const MOST_SHELVES = 100

/** The shelves of the shop, in the merchant's order. */
export async function listShelves(): Promise<Shelf[]> {
  "use cache"
  cacheLife(SHARED_LIFE)
  cacheTag("categories")
  const { product_categories } = await medusa().store.category.list({
    fields: "id,handle,name,rank",
    limit: MOST_SHELVES,
  })
  return product_categories
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name))
    .map(({ handle, name }) => ({ handle, name }))
}
