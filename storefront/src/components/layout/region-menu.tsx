import { chooseRegion } from "@/lib/cart/actions"
import { currencySign } from "@/lib/format/money"
import type { Region } from "@/lib/region/regions"
import { Icon } from "../ui/icon"
import { Menu } from "./menu"

/** Where the shopper buys, and the choice to buy elsewhere. Works without a script. */
export function RegionMenu({ regions, current }: { regions: Region[]; current: Region }) {
  return (
    <Menu
      label={
        <>
          <span className="sr-only">Region: </span>
          {current.name}, {currencySign(current.currency)}
          <Icon name="down" size={14} />
        </>
      }
    >
      <form action={chooseRegion} className="flex flex-col">
        {regions.map(({ id, name, currency }) => (
          <button
            key={id}
            name="region_id"
            value={id}
            aria-current={id === current.id ? "true" : undefined}
            className="flex min-h-11 items-center justify-between gap-8 px-4 text-left whitespace-nowrap hover:bg-wash aria-[current]:font-semibold"
          >
            <span>{name}</span>
            <span className="text-soft">
              {currency.toUpperCase()} {currencySign(currency)}
            </span>
          </button>
        ))}
      </form>
    </Menu>
  )
}
