import Link from "next/link"
import type { AssistantHit } from "@/lib/assistant/message"
import { formatYear, joinNames } from "@/lib/format/book-facts"
import { formatMoney } from "@/lib/format/money"
import { Cover } from "../catalogue/cover"

interface BookCardProps {
  hit: AssistantHit
  id: string
  currency: string | undefined
  /** The finished answer names other books, not this one. */
  faded: boolean
  onFollow: () => void
}

/** A book that was found for a question. Price and stock are the shop's own, never the model's words. */
export function BookCard({ hit, id, currency, faded, onFollow }: BookCardProps) {
  const { n, document: book } = hit
  const price = currency ? book.prices?.[currency] : undefined
  return (
    <Link
      id={id}
      href={`/books/${book.handle}`}
      onClick={onFollow}
      className={`group flex gap-3 py-2.5 ${faded ? "opacity-60 hover:opacity-100" : ""}`}
    >
      <Cover src={book.thumbnail} className="w-11 shrink-0 self-start" />
      <span className="min-w-0 flex-1">
        <span className="block font-serif text-[1.0625rem] leading-snug group-hover:text-cloth">
          {book.title}
        </span>
        <span className="block truncate text-sm text-soft">
          {joinNames(book.authors ?? [])}
          {book.year ? `, ${formatYear(book.year)}` : ""}
        </span>
        <span className="block text-sm tabular-nums">
          {price !== undefined && `from ${formatMoney(price, currency!)}`}
          {book.in_stock === false && <span className="text-alarm"> Sold out</span>}
        </span>
      </span>
      <span className="font-sans text-xs font-semibold text-cloth tabular-nums" aria-hidden="true">
        {n}
      </span>
    </Link>
  )
}
