import "server-only"
import { medusa } from "../medusa/client"
import type { SearchQuery, SearchResult } from "@medusajs/instantsearch-adapter"
import type { BookDocument } from "../catalogue/book-document"

export type BookSearchResult = SearchResult<BookDocument & Record<string, unknown>>

/** Asks the store's search several things in one request; the answers come in the same order. */
export async function searchStore(queries: SearchQuery[]): Promise<BookSearchResult[]> {
  const { results } = await medusa().client.fetch<{ results: BookSearchResult[] }>(
    "/store/search",
    { method: "POST", body: { queries }, cache: "no-store" }
  )
  return results
}
