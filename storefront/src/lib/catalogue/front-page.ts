import "server-only"
import type { SearchQuery } from "@medusajs/instantsearch-adapter"
import { cacheLife, cacheTag } from "next/cache"
import { INDEX_LIFE } from "../cache/life"
import { INDEX } from "../search/facets"
import { type BookSearchResult, searchStore } from "../search/search-store"
import type { BookDocument } from "./book-document"
import { dayNumber, rotate, windowOf } from "./rotation"
import { listShelves, type Shelf } from "./shelves"

/** Books in a row: what a wide screen shows. */
const ROW = 6

/** Rows of single shelves on the front page. */
const ROWS = 3

/** Facets list at most so many values; there are fewer shelves and moods than that. */
const MOST_VALUES = 60

export interface ShelfRowData {
  shelf: Shelf
  count: number
  books: BookDocument[]
}

export interface FrontPage {
  count: number
  /** The book on the counter. */
  pick: BookDocument | undefined
  newest: BookDocument[]
  rows: ShelfRowData[]
  /** Every shelf with the number of books on it. */
  shelves: { shelf: Shelf; count: number }[]
  /** Moods, those of most books first. */
  moods: string[]
}

/**
 * What lies on the tables at the front of the shop. They are laid anew every day: which shelves are
 * shown, where on the shelf the row begins, and which book lies on the counter.
 */
export async function frontPage(): Promise<FrontPage> {
  return tablesOf(dayNumber(new Date()))
}

async function tablesOf(day: number): Promise<FrontPage> {
  "use cache"
  cacheLife(INDEX_LIFE)
  cacheTag("categories")
  const [shelves, [overview, newest]] = await Promise.all([
    listShelves(),
    searchStore([OVERVIEW, NEWEST]),
  ])
  const counts = facetCounts(overview, "category_handles")
  const counted = shelves
    .map((shelf) => ({ shelf, count: counts.get(shelf.handle) ?? 0 }))
    .filter(({ count }) => count > 0)
  const shown = rotate(counted, day * ROWS).slice(0, ROWS)
  const results = shown.length
    ? await searchStore(shown.map(({ shelf, count }) => rowOf(shelf, windowOf(count, ROW, day))))
    : []
  const rows = shown.map((entry, i) => ({ ...entry, books: documents(results[i]) }))
  const books = rows.flatMap((row) => row.books)
  return {
    count: overview?.metadata.count ?? 0,
    pick: books.length ? books[day % books.length] : undefined,
    newest: documents(newest),
    rows,
    shelves: counted,
    moods: [...facetCounts(overview, "tags").keys()],
  }
}

const OVERVIEW: SearchQuery = {
  entity: INDEX,
  pagination: { take: 0 },
  search_options: {
    facets: [
      { field: "category_handles", type: "value", limit: MOST_VALUES },
      { field: "tags", type: "value", limit: MOST_VALUES },
    ],
  },
}

const NEWEST: SearchQuery = {
  entity: INDEX,
  filters: { in_stock: true },
  pagination: { take: ROW, order: { year: "DESC" } },
}

function rowOf({ handle }: Shelf, skip: number): SearchQuery {
  return {
    entity: INDEX,
    filters: { category_handles: { $in: [handle] } },
    pagination: { skip, take: ROW, order: { title: "ASC" } },
  }
}

function documents(result: BookSearchResult | undefined): BookDocument[] {
  return (result?.hits ?? []).map(({ document }) => document)
}

function facetCounts(result: BookSearchResult | undefined, field: string): Map<string, number> {
  const facet = result?.facets?.[field]
  return new Map(
    facet?.type === "value" ? facet.values.map(({ value, count }) => [value, count]) : []
  )
}
