import { type FormEvent, useId } from "react"
import { useRange } from "react-instantsearch"
import { currencySign } from "@/lib/format/money"
import { priceAttribute } from "@/lib/search/facets"

/** Decimals of a price. */
const PRICE_PRECISION = 2

/** From which price to which. Taken over when a field is left, or with Enter. */
export function PriceRange({ currency }: { currency: string }) {
  const id = useId()
  const { start, range, refine } = useRange({
    attribute: priceAttribute(currency),
    precision: PRICE_PRECISION,
  })
  const [from, to] = start.map((bound) =>
    bound !== undefined && Number.isFinite(bound) ? String(bound) : ""
  )

  const take = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [low, high] = [bound(form.get("from")), bound(form.get("to"))]
    refine(low !== undefined && high !== undefined && low > high ? [high, low] : [low, high])
  }

  return (
    <form
      key={`${from}-${to}`}
      onSubmit={take}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          event.currentTarget.requestSubmit()
        }
      }}
      className="py-5"
    >
      <p id={id} className="mb-2 font-serif text-lg">
        Price in {currencySign(currency)}
      </p>
      <div role="group" aria-labelledby={id} className="flex items-center gap-2 text-sm">
        <PriceField
          name="from"
          label="From"
          value={from}
          hint={range.min && Math.floor(range.min)}
        />
        <span aria-hidden="true">to</span>
        <PriceField name="to" label="To" value={to} hint={range.max && Math.ceil(range.max)} />
        <button type="submit" className="sr-only">
          Take over the price
        </button>
      </div>
    </form>
  )
}

interface PriceFieldProps {
  name: string
  label: string
  value: string | undefined
  /** The lowest or highest price there is. */
  hint: number | undefined
}

function PriceField({ name, label, value, hint }: PriceFieldProps) {
  return (
    <input
      name={name}
      aria-label={label}
      inputMode="decimal"
      defaultValue={value}
      placeholder={hint !== undefined && Number.isFinite(hint) ? String(hint) : ""}
      className="field w-20 min-w-0 tabular-nums"
    />
  )
}

/** A price as it was typed, with a comma or a point; undefined when it is none. */
function bound(text: FormDataEntryValue | null): number | undefined {
  const number = Number.parseFloat(String(text ?? "").replace(",", "."))
  return Number.isFinite(number) && number >= 0 ? number : undefined
}
