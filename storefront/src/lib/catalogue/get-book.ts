import "server-only"
import { cache } from "react"
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

/**
 * The book at an address of the shop, priced for a region.
 *
 * @returns undefined when no such book is for sale
 */
export const getBook = cache(
  async (handle: string, regionId: string): Promise<BookProduct | undefined> => {
    const { products } = await medusa().store.product.list({
      handle,
      region_id: regionId,
      fields: FIELDS,
      limit: 1,
    })
    return products[0] as BookProduct | undefined
  }
)
