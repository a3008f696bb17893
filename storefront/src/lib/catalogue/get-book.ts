import "server-only"
import { cacheLife, cacheTag } from "next/cache"
import { cache } from "react"
import { SHARED_LIFE } from "../cache/life"
import { medusa } from "../medusa/client"
import type { BookProduct } from "./book-product"

/** Beyond Medusa's default fields of a product. The backend allows the three of the book module. */
const FIELDS = [
  "*categories",
  "*variants.calculated_price",
  "+variants.inventory_quantity",
  "+variants.manage_inventory",
  "+variants.allow_backorder",
  "*book",
  "*book.authors",
  "*book.series",
].join(",")

/** The same for all shoppers of a region: kept, and forgotten when the backend tells of a change. */
async function sharedBook(handle: string, regionId: string): Promise<BookProduct | undefined> {
  "use cache"
  cacheLife(SHARED_LIFE)
  cacheTag("products")
  const { products } = await medusa().store.product.list({
    handle,
    region_id: regionId,
    fields: FIELDS,
    limit: 1,
  })
  const book = products[0] as BookProduct | undefined
  // An address without a book may get one with the next change of any.
  cacheTag(book ? `product:${book.id}` : "missing-products")
  return book
}

/**
 * The book at an address of the shop, priced for a region as for a guest.
 *
 * @returns undefined when no such book is for sale
 */
export const getBook = cache(sharedBook)
