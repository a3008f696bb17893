"use client"

import Link from "next/link"
import { useActionState, useState } from "react"
import { addToCart } from "@/lib/cart/actions"
import { Problem } from "../ui/problem"

/** A format as the shopper chooses it. */
export interface FormatChoice {
  id: string
  title: string
  /** Written out in the region's currency; undefined where it isn't sold there. */
  price: string | undefined
  stock: string
  available: boolean
}

/** Chooses a format and puts it into the basket. Works without a script too. */
export function FormatForm({ formats }: { formats: FormatChoice[] }) {
  const [state, action, pending] = useActionState(addToCart, {})
  const [chosen, setChosen] = useState(() => formats.find(({ available }) => available)?.id)
  return (
    // React resets a form after its action, which would put the first format back in place of the chosen one.
    <form action={action} onReset={(event) => event.preventDefault()} className="space-y-5">
      <fieldset>
        <legend className="label-text mb-2">Format</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {formats.map((format) => (
            <FormatOption
              key={format.id}
              format={format}
              checked={format.id === chosen}
              onChoose={() => setChosen(format.id)}
            />
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <button type="submit" className="button min-w-48" disabled={pending || !chosen}>
          {addLabel(pending, Boolean(chosen))}
        </button>
        <p role="status">
          {state.added && !pending ? (
            <>
              It’s in your basket.{" "}
              <Link href="/cart" className="link font-semibold">
                Go to the basket
              </Link>
            </>
          ) : null}
        </p>
      </div>
      <Problem>{state.problem}</Problem>
    </form>
  )
}

function addLabel(pending: boolean, available: boolean): string {
  if (pending) {
    return "Adding …"
  }
  return available ? "Add to basket" : "Sold out"
}

interface FormatOptionProps {
  format: FormatChoice
  checked: boolean
  onChoose: () => void
}

function FormatOption({ format, checked, onChoose }: FormatOptionProps) {
  const { id, title, price, stock, available } = format
  return (
    <label
      className={`grid cursor-pointer grid-cols-[auto_1fr_auto] items-baseline gap-x-2.5 border px-3.5 py-3 has-checked:border-cloth has-checked:bg-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-cloth ${
        available ? "border-ink/25 hover:border-cloth" : "cursor-not-allowed border-rule text-soft"
      }`}
    >
      <input
        type="radio"
        name="variant_id"
        value={id}
        checked={checked}
        disabled={!available}
        onChange={onChoose}
        className="translate-y-0.5 accent-cloth outline-none"
      />
      <span className="font-semibold">{title}</span>
      <span className="tabular-nums">{price ?? "not sold here"}</span>
      <span className="col-start-2 col-end-4 text-sm text-soft">{stock}</span>
    </label>
  )
}
