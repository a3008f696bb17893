import { useClearRefinements, useCurrentRefinements } from "react-instantsearch"
import type { Shelf } from "@/lib/catalogue/shelves"
import { formatMoney } from "@/lib/format/money"
import { STOCK_ATTRIBUTE } from "@/lib/search/facets"
import { Icon } from "../ui/icon"
import { labelsOf } from "./labels"

interface ChosenFiltersProps {
  currency: string
  shelves: Shelf[]
}

/** The choices that are in force, each with a way out of it. */
export function ChosenFilters({ currency, shelves }: ChosenFiltersProps) {
  const { items } = useCurrentRefinements()
  const { refine: clear } = useClearRefinements()
  const chosen = items.flatMap(({ attribute, refinements, refine }) =>
    refinements.map((refinement) => ({
      key: `${attribute} ${refinement.operator ?? ""} ${refinement.value}`,
      label: describe(attribute, refinement, currency, shelves),
      remove: () => refine(refinement),
    }))
  )
  if (!chosen.length) {
    return null
  }
  return (
    <ul aria-label="Chosen filters" className="mt-3 flex flex-wrap items-center gap-2 text-sm">
      {chosen.map(({ key, label, remove }) => (
        <li key={key}>
          <button
            type="button"
            onClick={remove}
            className="inline-flex min-h-9 items-center gap-1.5 bg-wash py-1 pr-2 pl-3 text-left hover:text-cloth"
          >
            <span className="sr-only">Remove the filter </span>
            {label}
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={clear} className="link min-h-9 px-1 text-soft">
          Clear all
        </button>
      </li>
    </ul>
  )
}

function describe(
  attribute: string,
  { value, operator }: { value: string | number; operator?: string },
  currency: string,
  shelves: Shelf[]
): string {
  if (attribute === STOCK_ATTRIBUTE) {
    return "In stock"
  }
  if (operator) {
    const price = formatMoney(Number(value), currency)
    return operator.startsWith(">") ? `from ${price}` : `up to ${price}`
  }
  return labelsOf(attribute, shelves)(String(value))
}
