import Link from "next/link"
import type { ReactNode } from "react"
import type { BookFacts } from "@/lib/catalogue/book-product"
import { formatReadingAge, formatYear, languageName } from "@/lib/format/book-facts"
import { facetHref, searchHref } from "@/lib/search/url-state"

/** What is true of the book, as a list to look things up in. */
export function Facts({ book, moods }: { book: BookFacts; moods: string[] }) {
  return (
    <dl className="grid gap-x-10 border-t border-rule sm:grid-cols-2">
      <Fact name="First published">{formatYear(book.year)}</Fact>
      <Fact name="Pages">{book.pages}</Fact>
      <Fact name="Language">{language(book)}</Fact>
      <Fact name="Reading age">{formatReadingAge(book.reading_age_from, book.reading_age_to)}</Fact>
      {book.series && (
        <Fact name="Series">
          <Link href={searchHref({ query: book.series.name })} className="link">
            {book.series.name}
          </Link>
          {book.series_position ? `, book ${book.series_position}` : ""}
        </Fact>
      )}
      {moods.length > 0 && (
        <Fact name="Mood" wide={!book.series}>
          <Links param="mood" values={moods} />
        </Fact>
      )}
      {book.subjects?.length > 0 && (
        <Fact name="About" wide>
          <Links param="subject" values={book.subjects} />
        </Fact>
      )}
    </dl>
  )
}

function language(book: BookFacts): string {
  const name = languageName(book.language)
  return book.original_language === book.language
    ? name
    : `${name}, from the ${languageName(book.original_language)}`
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div
      className={`grid grid-cols-[8rem_1fr] gap-2 border-b border-rule py-2.5 ${wide ? "sm:col-span-2" : ""}`}
    >
      <dt className="text-sm leading-6 text-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Links({ param, values }: { param: string; values: string[] }) {
  return values.map((value, i) => (
    <span key={value}>
      {i > 0 && ", "}
      <Link href={facetHref(param, value)} className="link">
        {value}
      </Link>
    </span>
  ))
}
