import "server-only"
import { medusa } from "../medusa/client"
import { remember } from "../remember"

/** A shelf of the shop: a product category. */
export interface Shelf {
  handle: string
  name: string
}

/** Merchants rename shelves rarely, and see it in the shop within this time. */
const SHELVES_FOR_SECONDS = 30

const MOST_SHELVES = 100

/** The shelves of the shop, in the merchant's order. */
export const listShelves = remember(SHELVES_FOR_SECONDS, async (): Promise<Shelf[]> => {
  const { product_categories } = await medusa().store.category.list({
    fields: "id,handle,name,rank",
    limit: MOST_SHELVES,
  })
  return product_categories
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.name.localeCompare(b.name))
    .map(({ handle, name }) => ({ handle, name }))
})
