import type { Shelf } from "@/lib/catalogue/shelves"
import { languageName } from "@/lib/format/book-facts"

/** How the values of a facet are written: shelves and languages by name, everything else as it is. */
export function labelsOf(attribute: string, shelves: readonly Shelf[]): (value: string) => string {
  switch (attribute) {
    case "category_handles":
      return (handle) => shelves.find((shelf) => shelf.handle === handle)?.name ?? handle
    case "language":
      return languageName
    default:
      return (value) => value
  }
}
