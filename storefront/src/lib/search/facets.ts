/** A group of choices beside the results. */
export interface Facet {
  /** The field of the index. */
  attribute: string
  /** Its name in the address. */
  param: string
  label: string
  /** How many choices stand open before "more". */
  limit: number
}

/** The choices of the search page, in their order on it. */
export const FACETS: readonly Facet[] = [
  { attribute: "category_handles", param: "shelf", label: "Shelf", limit: 8 },
  { attribute: "tags", param: "mood", label: "Mood", limit: 8 },
  { attribute: "formats", param: "format", label: "Format", limit: 4 },
  { attribute: "authors", param: "author", label: "Author", limit: 6 },
  { attribute: "subjects", param: "subject", label: "Subject", limit: 6 },
  { attribute: "language", param: "language", label: "Language", limit: 4 },
]

/** How many choices a group lists when it is opened fully. */
export const MOST_CHOICES = 40

/** Results on one page: fills rows of one, two and three. */
export const HITS_PER_PAGE = 24

export const STOCK_ATTRIBUTE = "in_stock"

/** The name of the index. */
export const INDEX = "product"

/** The field that holds the lowest price in a currency. */
export const priceAttribute = (currency: string) => `prices.${currency}`

/** An order of the results: what the address calls it, what the shopper reads, which field it sorts. */
export interface SortOrder {
  param: string
  label: string
  /** Undefined: by relevance. */
  order?: string
}

export function sortOrders(currency: string): SortOrder[] {
  return [
    { param: "", label: "Relevance" },
    { param: "price", label: "Price, low to high", order: `${priceAttribute(currency)}:asc` },
    { param: "price-desc", label: "Price, high to low", order: `${priceAttribute(currency)}:desc` },
    { param: "newest", label: "Year, newest first", order: "year:desc" },
    { param: "oldest", label: "Year, oldest first", order: "year:asc" },
    { param: "title", label: "Title, A to Z", order: "title:asc" },
  ]
}

/** The name under which InstantSearch knows the index in an order; the adapter reads it back. */
export const indexNameOf = (order: string | undefined) => (order ? `${INDEX}/sort/${order}` : INDEX)
