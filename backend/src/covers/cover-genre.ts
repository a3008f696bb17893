import type { Genre } from "../catalogue/book-record"

/** The genres from special to broad. */
const SPECIAL_FIRST: readonly Genre[] = [
  "comics",
  "childrens",
  "computing",
  "cookery",
  "business",
  "travel",
  "poetry",
  "philosophy",
  "science",
  "history",
  "science-fiction",
  "fantasy",
  "romance",
  "crime",
  "modern-fiction",
  "classics",
]

/**
 * The genre that a cover is dressed in. A product's categories have no order, and the special one says
 * more: a children's book that is a classic looks like a children's book.
 *
 * @param categories handles of the product's categories; those that are no genres are passed over
 */
export function coverGenre(categories: readonly string[]): Genre | null {
  return SPECIAL_FIRST.find((genre) => categories.includes(genre)) ?? null
}
