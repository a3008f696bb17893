import type { HttpTypes } from "@medusajs/types"

/** The facts of a book that the backend's book module keeps, as linked to a product. */
export interface BookFacts {
  year: number
  pages: number
  language: string
  original_language: string
  subjects: string[]
  reading_age_from: number
  reading_age_to: number | null
  series_position: number | null
  authors?: { id: string; name: string }[]
  series?: { id: string; name: string } | null
}

/** A product of the shop with the facts of its book. */
export type BookProduct = HttpTypes.StoreProduct & { book?: BookFacts | null }

export type BookVariant = HttpTypes.StoreProductVariant
