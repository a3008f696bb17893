import Link from "next/link"
import type { Shelf } from "@/lib/catalogue/shelves"
import { facetHref } from "@/lib/search/url-state"

interface ShelfIndexProps {
  shelves: { shelf: Shelf; count: number }[]
}

/** The shelves of the shop as a table of contents. */
export function ShelfIndex({ shelves }: ShelfIndexProps) {
  return (
    <section
      id="shelves"
      aria-labelledby="shelves-title"
      className="grid gap-8 lg:grid-cols-[1fr_3fr]"
    >
      <h2 id="shelves-title" className="text-3xl tracking-tight md:text-4xl">
        The shelves
      </h2>
      <ul className="gap-x-12 font-serif text-xl sm:columns-2 xl:columns-3">
        {shelves.map(({ shelf, count }) => (
          <li key={shelf.handle} className="break-inside-avoid">
            <Link
              href={facetHref("shelf", shelf.handle)}
              className="flex min-h-11 items-baseline gap-2 pt-2 hover:text-cloth"
            >
              {shelf.name}
              <span aria-hidden="true" className="flex-1 border-b-2 border-dotted border-rule" />
              <span className="text-base text-soft tabular-nums">
                {count}
                <span className="sr-only"> books</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
