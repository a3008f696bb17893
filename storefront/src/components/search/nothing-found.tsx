import Link from "next/link"
import { useClearRefinements, usePagination } from "react-instantsearch"
import { AskButton } from "../assistant/ask-button"

/** What to do when no book answers. */
export function NothingFound({ query, page }: { query: string; page: number }) {
  const { refine: clear, canRefine } = useClearRefinements()
  const { refine: goTo } = usePagination()
  return (
    <div className="mt-8 max-w-prose space-y-5 border-t border-rule pt-10">
      <p className="font-serif text-3xl leading-tight tracking-tight">
        {page > 0
          ? "There are no more books on this page."
          : "Nothing on our shelves answers to that."}
      </p>
      <p className="font-serif text-lg text-soft">
        Say it another way: what happens in it, where it is set, how it feels. Titles and names may
        be misspelt.
      </p>
      <div className="flex flex-wrap gap-3">
        {page > 0 && (
          <button type="button" onClick={() => goTo(0)} className="button">
            Back to the first page
          </button>
        )}
        {canRefine && (
          <button type="button" onClick={clear} className="button">
            Clear the filters
          </button>
        )}
        {query && (
          <AskButton question={query} className="button-quiet">
            Ask the bookseller instead
          </AskButton>
        )}
        <Link href="/#shelves" className="button-quiet">
          See the shelves
        </Link>
      </div>
    </div>
  )
}
