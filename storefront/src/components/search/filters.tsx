import type { Shelf } from "@/lib/catalogue/shelves"
import { FACETS } from "@/lib/search/facets"
import { FacetGroup } from "./facet-group"
import { labelsOf } from "./labels"
import { PriceRange } from "./price-range"
import { StockToggle } from "./stock-toggle"

/** All choices beside the results. */
export function Filters({ currency, shelves }: { currency: string; shelves: Shelf[] }) {
  return (
    <div className="divide-y divide-rule">
      <StockToggle />
      <PriceRange key={currency} currency={currency} />
      {FACETS.map((facet) => (
        <FacetGroup
          key={facet.attribute}
          facet={facet}
          labelOf={labelsOf(facet.attribute, shelves)}
        />
      ))}
    </div>
  )
}
