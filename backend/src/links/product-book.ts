import { defineLink } from "@medusajs/framework/utils"
import ProductModule from "@medusajs/medusa/product"
import BookModule from "../modules/book"

/** A product that is a book: `product.book`. The book goes when its product goes. */
export default defineLink(ProductModule.linkable.product, {
  linkable: BookModule.linkable.book,
  deleteCascade: true,
})
