import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { BookFacts } from "../../../../../catalogue/book-record"
import { loadBookFacts } from "../../../../../catalogue/load-book-facts"
import { saveBookFactsWorkflow } from "../../../../../workflows/save-book-facts"

/** The book facts of a product; null for a product that is no book. */
export interface ProductBookResponse {
  book: BookFacts | null
}

export async function GET(
  request: AuthenticatedMedusaRequest,
  response: MedusaResponse<ProductBookResponse>
): Promise<void> {
  response.json({ book: await loadBookFacts(request.scope, request.params.id) })
}

/** Replaces the facts, all of them; the body follows the rules of the catalogue's rows. */
export async function POST(
  request: AuthenticatedMedusaRequest<BookFacts>,
  response: MedusaResponse<ProductBookResponse>
): Promise<void> {
  const { id } = request.params
  await saveBookFactsWorkflow(request.scope).run({
    input: { product_id: id, facts: request.validatedBody },
  })
  response.json({ book: await loadBookFacts(request.scope, id) })
}
