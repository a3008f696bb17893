import { useSortBy } from "react-instantsearch"
import { indexNameOf, sortOrders } from "@/lib/search/facets"

/** In which order the books stand. */
export function SortMenu({ currency }: { currency: string }) {
  const { currentRefinement, options, refine } = useSortBy({
    items: sortOrders(currency).map(({ label, order }) => ({ label, value: indexNameOf(order) })),
  })
  return (
    <label className="flex items-center gap-2 text-sm text-soft">
      Sorted by
      <select
        value={currentRefinement}
        onChange={(event) => refine(event.target.value)}
        className="min-h-11 border-b border-ink/40 bg-paper pr-1 text-ink"
      >
        {options.map(({ label, value }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}
