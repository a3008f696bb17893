import Link from "next/link"
import type { BookDocument } from "@/lib/catalogue/book-document"
import { joinNames } from "@/lib/format/book-facts"
import { formatMoney } from "@/lib/format/money"
import { Cover } from "./cover"

/** A book standing on a shelf: the cover on the board, title, author and price on the label under it. */
export function BookOnShelf({ book, currency }: { book: BookDocument; currency: string }) {
  const price = book.prices?.[currency]
  return (
    <Link href={`/books/${book.handle}`} className="group flex h-full flex-col">
      <div className="border-b-[3px] border-ink/75 px-2.5">
        <Cover
          src={book.thumbnail}
          className="transition-transform duration-300 group-hover:-translate-y-1.5"
        />
      </div>
      <div className="px-2.5 pt-3">
        <p className="line-clamp-2 font-serif text-[1.0625rem] leading-tight group-hover:text-cloth">
          {book.title}
        </p>
        <p className="mt-1 line-clamp-1 text-sm text-soft">{joinNames(book.authors ?? [])}</p>
        {price !== undefined && (
          <p className="mt-1 text-sm tabular-nums">from {formatMoney(price, currency)}</p>
        )}
      </div>
    </Link>
  )
}
