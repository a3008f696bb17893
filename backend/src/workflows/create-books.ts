import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRemoteLinkStep,
} from "@medusajs/medusa/core-flows"
import type { BookRecord } from "../catalogue/book-record"
import { FORMATS } from "../catalogue/book-record"
import { productInput, skuOf, type StoreIds } from "../catalogue/product-input"
import { BOOK_MODULE } from "../modules/book"
import { upsertBookFactsStep } from "./steps/upsert-book-facts"

export interface CreateBooksInput {
  books: BookRecord[]
  store: StoreIds
  /** Where print is stocked. */
  stock_location_id: string
}

/** Looks up the inventory items that Medusa made for the print formats, and how many of each there are. */
const resolveStockStep = createStep(
  "resolve-book-stock",
  async ({ books, stock_location_id }: CreateBooksInput, { container }) => {
    const query = container.resolve(ContainerRegistrationKeys.QUERY)
    const stock = new Map(
      books.flatMap((book) =>
        book.formats
          .filter(({ format }) => FORMATS[format].print)
          .map(({ format, stock = 0 }) => [skuOf(book.slug, format), stock] as const)
      )
    )
    const { data: items } = await query.graph({
      entity: "inventory_item",
      fields: ["id", "sku"],
      filters: { sku: [...stock.keys()] },
    })
    return new StepResponse(
      items.map(({ id, sku }) => ({
        inventory_item_id: id,
        location_id: stock_location_id,
        stocked_quantity: stock.get(sku!)!,
      }))
    )
  }
)

/** Creates books: products with their formats, prices and stock, and the facts linked to them. */
export const createBooksWorkflow = createWorkflow("create-books", (input: CreateBooksInput) => {
  const products = createProductsWorkflow.runAsStep({
    input: transform(input, ({ books, store }) => ({
      products: books.map((book) => productInput(book, store)),
    })),
  })
  const bookIds = upsertBookFactsStep(
    transform(input, ({ books }) => ({ books: books.map((facts) => ({ facts })) }))
  )
  const inventory_levels = resolveStockStep(transform({ input, products }, ({ input }) => input))
  createInventoryLevelsWorkflow.runAsStep({ input: { inventory_levels } })
  // Last of all: a product with its book is a whole one, whenever a process may have died.
  createRemoteLinkStep(
    transform({ input, products, bookIds }, ({ input, products, bookIds }) =>
      input.books.map((book, i) => ({
        [Modules.PRODUCT]: { product_id: products.find(({ handle }) => handle === book.slug)!.id },
        [BOOK_MODULE]: { book_id: bookIds[i] },
      }))
    )
  )
  return new WorkflowResponse(products)
})
