import Link from "next/link"
import type { BookDocument } from "@/lib/catalogue/book-document"
import { excerpt, joinNames } from "@/lib/format/book-facts"
import { Cover } from "../catalogue/cover"

/** Characters of the description that lie open beside the cover. */
const EXCERPT = 190

/** The book on the counter today, with a few lines of what is said about it. */
export function CounterPick({ book }: { book: BookDocument }) {
  return (
    <Link
      href={`/books/${book.handle}`}
      className="group grid grid-cols-[8.5rem_1fr] items-end gap-6 sm:grid-cols-[11rem_1fr] lg:grid-cols-[13rem_1fr]"
    >
      <Cover src={book.thumbnail} eager />
      <span className="block border-t border-rule pt-4">
        <span className="label-text">On the counter today</span>
        <span className="mt-2 block font-serif text-2xl leading-tight tracking-tight group-hover:text-cloth">
          {book.title}
        </span>
        <span className="block text-sm text-soft">{joinNames(book.authors ?? [])}</span>
        <span className="mt-3 hidden font-serif leading-snug sm:block">
          {excerpt(book.description ?? "", EXCERPT)}
        </span>
      </span>
    </Link>
  )
}
