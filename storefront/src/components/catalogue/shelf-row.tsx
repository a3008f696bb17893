import Link from "next/link"
import type { BookDocument } from "@/lib/catalogue/book-document"
import { BookOnShelf } from "./book-on-shelf"

interface ShelfRowProps {
  title: string
  /** Where all books of the shelf are, and what the link to them says. */
  more?: { href: string; label: string }
  books: BookDocument[]
  currency: string
}

/** A shelf: a row of books on a board. On a narrow screen it is pushed sideways. */
export function ShelfRow({ title, more, books, currency }: ShelfRowProps) {
  if (!books.length) {
    return null
  }
  return (
    <section aria-label={title}>
      <div className="mb-6 flex items-baseline justify-between gap-6">
        <h2 className="text-3xl tracking-tight md:text-4xl">{title}</h2>
        {more && (
          <Link href={more.href} className="link shrink-0 text-sm text-soft">
            {more.label}
          </Link>
        )}
      </div>
      <ul className="scroll-quiet -mx-2.5 flex snap-x overflow-x-auto pt-2 lg:grid lg:grid-cols-6 lg:overflow-visible">
        {books.map((book) => (
          <li key={book.id} className="w-40 shrink-0 snap-start lg:w-auto">
            <BookOnShelf book={book} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  )
}
