import { useHits, useInstantSearch } from "react-instantsearch"
import type { BookDocument } from "@/lib/catalogue/book-document"
import { CatalogueEntry } from "./catalogue-entry"
import { NothingFound } from "./nothing-found"
import { Placeholders } from "./placeholders"

/** The books that were found. */
export function Results({ currency }: { currency: string }) {
  const { items } = useHits<BookDocument & Record<string, unknown>>()
  const { results, status, error } = useInstantSearch({ catchError: true })
  if (error) {
    return (
      <p role="alert" className="mt-8 border-l-2 border-alarm pl-4 font-serif text-xl">
        {error.message}
      </p>
    )
  }
  if ("__isArtificial" in results && results.__isArtificial) {
    return <Placeholders />
  }
  if (!items.length) {
    return <NothingFound query={results.query} page={results.page} />
  }
  return (
    <ol
      aria-busy={status === "stalled"}
      className={`mt-6 grid gap-x-10 border-t border-rule transition-opacity xl:grid-cols-2 ${status === "stalled" ? "opacity-50" : ""}`}
    >
      {items.map((book, i) => (
        <li key={book.objectID} className="border-b border-rule">
          <CatalogueEntry book={book} currency={currency} eager={i < 4} />
        </li>
      ))}
    </ol>
  )
}
