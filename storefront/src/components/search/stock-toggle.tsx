import { useToggleRefinement } from "react-instantsearch"
import { STOCK_ATTRIBUTE } from "@/lib/search/facets"

/** Leaves out what is sold out. */
export function StockToggle() {
  const { value, refine } = useToggleRefinement({ attribute: STOCK_ATTRIBUTE, on: true })
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-2.5 pb-2 text-sm hover:text-cloth">
      <input
        type="checkbox"
        checked={value.isRefined}
        onChange={() => refine({ isRefined: value.isRefined })}
        className="size-4 accent-cloth"
      />
      Only what is in stock
    </label>
  )
}
