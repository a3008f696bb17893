import { useRefinementList } from "react-instantsearch"
import { type Facet, MOST_CHOICES } from "@/lib/search/facets"
import { Choice } from "./choice"

interface FacetGroupProps {
  facet: Facet
  labelOf: (value: string) => string
}

/** One group of choices, such as the authors, with how many books each would leave. */
export function FacetGroup({ facet, labelOf }: FacetGroupProps) {
  const { items, refine, canToggleShowMore, isShowingMore, toggleShowMore } = useRefinementList({
    attribute: facet.attribute,
    operator: "or",
    limit: facet.limit,
    showMore: true,
    showMoreLimit: MOST_CHOICES,
    sortBy: ["isRefined", "count:desc", "name:asc"],
  })
  if (!items.length) {
    return null
  }
  return (
    <fieldset className="py-5">
      <legend className="float-left mb-2 w-full font-serif text-lg">{facet.label}</legend>
      <ul className="clear-both">
        {items.map(({ value, count, isRefined }) => (
          <li key={value}>
            <Choice
              label={labelOf(value)}
              count={count}
              checked={isRefined}
              onToggle={() => refine(value)}
            />
          </li>
        ))}
      </ul>
      {canToggleShowMore && (
        <button
          type="button"
          onClick={toggleShowMore}
          aria-expanded={isShowingMore}
          className="link mt-1 min-h-8 text-sm text-soft"
        >
          {isShowingMore ? "Fewer" : "More"}
          <span className="sr-only"> choices for {facet.label}</span>
        </button>
      )}
    </fieldset>
  )
}
