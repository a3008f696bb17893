import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import type { BookFacts } from "./book-record"

/** A product with its book, as `query.graph` answers it. */
interface BookProduct {
  book?:
    | (Omit<BookFacts, "authors" | "series" | "reading_age"> & {
        authors: { name: string }[]
        series: { name: string } | null
        series_position: number | null
        reading_age_from: number
        reading_age_to: number | null
      })
    | null
}

/**
 * Reads the book facts of a product in the form in which they are written; null if it is no book.
 *
 * @throws MedusaError `not_found` where there is no such product
 */
export async function loadBookFacts(
  container: MedusaContainer,
  productId: string
): Promise<BookFacts | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product",
    fields: ["id", "book.*", "book.authors.name", "book.series.name"],
    filters: { id: productId },
  })
  const [product] = data as BookProduct[]
  if (!product) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no product "${productId}".`)
  }
  const { book } = product
  return book
    ? {
        authors: book.authors.map(({ name }) => name),
        year: book.year,
        language: book.language,
        original_language: book.original_language,
        pages: book.pages,
        series: book.series && { name: book.series.name, position: book.series_position },
        subjects: book.subjects,
        reading_age: { from: book.reading_age_from, to: book.reading_age_to },
      }
    : null
}
