import "server-only"
import { INDEX } from "../search/facets"
import { searchStore } from "../search/search-store"
import type { BookDocument } from "./book-document"

const ROW = 6

/** Characters of a description that are compared; the first sentences hold what a book is about. */
const COMPARED = 300

/**
 * Books that are near to one in meaning, on any shelf. Nothing is found while the search is away: the
 * page of the book doesn't depend on it.
 */
export async function shelfMates(book: {
  id: string
  title: string
  description?: string | null
}): Promise<BookDocument[]> {
  const q = `${book.title}. ${book.description ?? ""}`.slice(0, COMPARED)
  try {
    const [result] = await searchStore([
      {
        entity: INDEX,
        filters: { q, id: { $ne: book.id } },
        pagination: { take: ROW },
      },
    ])
    return (result?.hits ?? []).map(({ document }) => document)
  } catch {
    return []
  }
}
