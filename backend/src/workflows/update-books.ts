import {
  createWorkflow,
  transform,
  when,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { createRemoteLinkStep, updateProductsWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import type { BookRecord } from "../catalogue/book-record"
import { productInput, type StoreIds } from "../catalogue/product-input"
import { BOOK_MODULE } from "../modules/book"
import { upsertBookFactsStep } from "./steps/upsert-book-facts"

/** A book of the file that the store has already. */
export interface KnownBook {
  book: BookRecord
  product_id: string
  /** Null for a product that a merchant made by hand: it becomes a book. */
  book_id: string | null
  /** Variant ids by SKU. */
  variants: Record<string, string>
}

export interface UpdateBooksInput {
  books: KnownBook[]
  store: StoreIds
}

/**
 * Brings books up to the file: texts, shelves, moods, prices and facts. Stock stays as it is, since
 * the shop has sold and received books since the file was written, and so does whether it is published.
 */
export const updateBooksWorkflow = createWorkflow("update-books", (input: UpdateBooksInput) => {
  const products = updateProductsWorkflow.runAsStep({
    input: transform(input, ({ books, store }) => ({
      products: books.map((known) => update(known, store)),
    })),
  })
  const bookIds = upsertBookFactsStep(
    transform(input, ({ books }) => ({
      books: books.map(({ book_id, book }) => ({ id: book_id ?? undefined, facts: book })),
    }))
  )
  const links = transform({ input, bookIds }, ({ input, bookIds }) =>
    input.books.flatMap(({ book_id, product_id }, i) =>
      book_id ? [] : [{ [Modules.PRODUCT]: { product_id }, [BOOK_MODULE]: { book_id: bookIds[i] } }]
    )
  )
  when({ links }, ({ links }) => links.length > 0).then(() => {
    createRemoteLinkStep(links)
  })
  return new WorkflowResponse(products)
})

function update({ book, product_id, variants }: KnownBook, store: StoreIds) {
  const {
    title,
    subtitle,
    description,
    category_ids,
    tag_ids,
    variants: formats,
  } = productInput(book, store)
  return {
    id: product_id,
    title,
    subtitle,
    description,
    category_ids,
    tag_ids,
    variants: formats.flatMap(({ sku, prices }) =>
      variants[sku] ? [{ id: variants[sku], prices }] : []
    ),
  }
}
