import { useState } from "react"
import { useCurrentRefinements } from "react-instantsearch"
import type { Shelf } from "@/lib/catalogue/shelves"
import { Icon } from "../ui/icon"
import { ChosenFilters } from "./chosen-filters"
import { Filters } from "./filters"
import { Pages } from "./pages"
import { ResultCount } from "./result-count"
import { Results } from "./results"
import { SearchLine } from "./search-line"
import { SortMenu } from "./sort-menu"

interface SearchPageProps {
  currency: string
  shelves: Shelf[]
}

/** The search page: the line to write on, the filters beside, the books. */
export function SearchPage({ currency, shelves }: SearchPageProps) {
  const [filtersOpen, setFiltersOpen] = useState(false)
  const { items } = useCurrentRefinements()
  const chosen = items.reduce((sum, { refinements }) => sum + refinements.length, 0)
  return (
    <div className="page pt-8 md:pt-12">
      <h1 className="sr-only">Search the shop</h1>
      <SearchLine />
      <div className="mt-8 grid gap-x-14 lg:grid-cols-[15rem_1fr]">
        <button
          type="button"
          aria-expanded={filtersOpen}
          aria-controls="filters"
          onClick={() => setFiltersOpen(!filtersOpen)}
          className="button-quiet mb-6 w-full lg:hidden"
        >
          <Icon name="filter" /> {filtersOpen ? "Hide the filters" : "Filter"}
          {chosen > 0 && ` (${chosen})`}
        </button>
        <aside
          id="filters"
          aria-label="Filters"
          className={`mb-10 lg:block ${filtersOpen ? "" : "hidden"}`}
        >
          <Filters currency={currency} shelves={shelves} />
        </aside>
        <section id="results" aria-label="Results" tabIndex={-1} className="min-w-0 outline-none">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-3">
            <ResultCount />
            <SortMenu currency={currency} />
          </div>
          <ChosenFilters currency={currency} shelves={shelves} />
          <Results currency={currency} />
          <Pages />
        </section>
      </div>
    </div>
  )
}
