/** What the search index knows of a book: the `document` of a hit. */
export interface BookDocument {
  id: string
  handle: string
  title: string
  subtitle?: string | null
  description?: string | null
  thumbnail?: string | null
  /** The lowest price over the formats, by currency, in major units. */
  prices?: Record<string, number | undefined> | null
  in_stock?: boolean | null
  category_handles?: string[] | null
  categories?: string[] | null
  tags?: string[] | null
  authors?: string[] | null
  series?: string | null
  series_position?: number | null
  subjects?: string[] | null
  language?: string | null
  year?: number | null
  formats?: string[] | null
}
