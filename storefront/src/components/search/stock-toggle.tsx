import { useToggleRefinement } from "react-instantsearch"
import { STOCK_ATTRIBUTE } from "@/lib/search/facets"
import { Choice } from "./choice"

/** Leaves out what is sold out. */
export function StockToggle() {
  const { value, refine } = useToggleRefinement({ attribute: STOCK_ATTRIBUTE, on: true })
  return (
    <div className="pb-4">
      <Choice
        label="Only what is in stock"
        checked={value.isRefined}
        onToggle={() => refine({ isRefined: value.isRefined })}
      />
    </div>
  )
}
