import type { MouseEvent } from "react"
import { usePagination } from "react-instantsearch"

/** Pages on either side of the one that is shown. */
const PADDING = 2

/** The pages of the results, as links that can be opened elsewhere too. */
export function Pages() {
  const { pages, currentRefinement, nbPages, refine, createURL, isFirstPage, isLastPage } =
    usePagination({ padding: PADDING })
  if (nbPages < 2) {
    return null
  }

  const go = (page: number) => (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      return
    }
    event.preventDefault()
    refine(page)
    const results = document.getElementById("results")
    results?.scrollIntoView()
    results?.focus({ preventScroll: true })
  }
  const link = (page: number, text: string, label: string, current = false) => (
    <a
      href={createURL(page)}
      onClick={go(page)}
      aria-label={label}
      aria-current={current ? "page" : undefined}
      className="inline-flex min-h-11 min-w-11 items-center justify-center px-2 tabular-nums hover:text-cloth aria-[current]:border-b-2 aria-[current]:border-cloth aria-[current]:font-semibold"
    >
      {text}
    </a>
  )

  return (
    <nav aria-label="Pages" className="mt-10 flex flex-wrap items-center justify-between gap-2">
      <span className="min-w-20">
        {!isFirstPage && link(currentRefinement - 1, "Previous", "Previous page")}
      </span>
      <ul className="flex">
        {pages.map((page) => (
          <li key={page}>
            {link(page, String(page + 1), `Page ${page + 1}`, page === currentRefinement)}
          </li>
        ))}
      </ul>
      <span className="min-w-20 text-right">
        {!isLastPage && link(currentRefinement + 1, "Next", "Next page")}
      </span>
    </nav>
  )
}
