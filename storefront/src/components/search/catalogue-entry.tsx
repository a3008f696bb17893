import Link from "next/link"
import type { BookDocument } from "@/lib/catalogue/book-document"
import { formatYear, joinNames, languageName } from "@/lib/format/book-facts"
import { formatMoney } from "@/lib/format/money"
import { Cover } from "../catalogue/cover"

interface CatalogueEntryProps {
  book: BookDocument
  currency: string
  eager: boolean
}

/** A book as an entry of a printed catalogue: enough of what it is about to see why it was found. */
export function CatalogueEntry({ book, currency, eager }: CatalogueEntryProps) {
  const price = book.prices?.[currency]
  return (
    <Link href={`/books/${book.handle}`} className="group flex gap-5 py-6">
      <Cover src={book.thumbnail} eager={eager} className="w-22 shrink-0 self-start sm:w-26" />
      <div className="flex min-w-0 flex-1 flex-col">
        <h2 className="text-[1.375rem] leading-[1.1] tracking-tight group-hover:text-cloth">
          {book.title}
        </h2>
        <p className="mt-1 text-sm">{joinNames(book.authors ?? [])}</p>
        <p className="mt-2 line-clamp-3 font-serif leading-snug text-soft">{book.description}</p>
        <p className="mt-auto flex flex-wrap gap-x-3 pt-3 text-sm">
          {price !== undefined && (
            <span className="font-semibold tabular-nums">from {formatMoney(price, currency)}</span>
          )}
          <span className="text-soft">
            {[book.year ? formatYear(book.year) : undefined, foreign(book.language)]
              .filter(Boolean)
              .join(", ")}
          </span>
          {book.in_stock === false && <span className="text-alarm">Sold out</span>}
        </p>
      </div>
    </Link>
  )
}

/** The language, where it isn't the one that the shop speaks. */
function foreign(language: string | null | undefined): string | undefined {
  return language && language !== "en" ? `in ${languageName(language)}` : undefined
}
