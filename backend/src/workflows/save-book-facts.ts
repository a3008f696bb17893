import { Modules, ProductWorkflowEvents } from "@medusajs/framework/utils"
import {
  createWorkflow,
  transform,
  when,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { createRemoteLinkStep, emitEventStep, useQueryGraphStep } from "@medusajs/medusa/core-flows"
import type { BookFacts } from "../catalogue/book-record"
import { BOOK_MODULE } from "../modules/book"
import { upsertBookFactsStep } from "./steps/upsert-book-facts"

export interface SaveBookFactsInput {
  product_id: string
  facts: BookFacts
}

/**
 * Saves the book facts of a product; one that was no book becomes one. The product counts as updated,
 * so that whatever follows products, the search index first of all, takes the facts up.
 *
 * Answers the book's id; fails with `not_found` where there is no such product.
 */
export const saveBookFactsWorkflow = createWorkflow(
  "save-book-facts",
  ({ product_id, facts }: SaveBookFactsInput) => {
    const { data: products } = useQueryGraphStep({
      entity: "product",
      fields: ["id", "book.id"],
      filters: { id: product_id },
      options: { throwIfKeyNotFound: true },
    })
    const known = transform({ products }, ({ products }) => {
      const [product] = products as { book?: { id: string } | null }[]
      return { book_id: product.book?.id }
    })
    const bookIds = upsertBookFactsStep(
      transform({ known, facts }, ({ known, facts }) => ({ books: [{ id: known.book_id, facts }] }))
    )
    const book_id = transform({ bookIds }, ({ bookIds }) => bookIds[0])
    when({ known }, ({ known }) => !known.book_id).then(() => {
      createRemoteLinkStep([{ [Modules.PRODUCT]: { product_id }, [BOOK_MODULE]: { book_id } }])
    })
    emitEventStep({ eventName: ProductWorkflowEvents.UPDATED, data: { id: product_id } })
    return new WorkflowResponse(book_id)
  }
)
