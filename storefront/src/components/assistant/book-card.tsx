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
  const price = currency && book.prices?.[currency]
  return (
    <Link
      id={id}
      href={`/books/${book.handle}`}
      onClick={onFollow}
      className={`group grid grid-cols-[1.25rem_2rem_1fr_auto] items-center gap-x-3 py-1.5 ${faded ? "opacity-60 hover:opacity-100" : ""}`}
    >
      <span className="text-xs font-semibold text-cloth tabular-nums">{n}</span>
      <Cover src={book.thumbnail} className="w-full" />
      <span className="min-w-0">
        <span className="block truncate font-serif leading-snug group-hover:text-cloth">
          {book.title}
        </span>
        <span className="block truncate text-sm text-soft">
          {joinNames(book.authors ?? [])}
          {book.year ? `, ${formatYear(book.year)}` : ""}
        </span>
      </span>
      <span className="text-right text-sm tabular-nums">
        {currency && price && `from ${formatMoney(price, currency)}`}
        {book.in_stock === false && <span className="block text-alarm">Sold out</span>}
      </span>
    </Link>
  )
}
