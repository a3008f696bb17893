"use client"

import { useActionState } from "react"
import { setQuantity } from "@/lib/cart/actions"
import { Problem } from "../ui/problem"

/** Numbers to choose from; whoever wants more begins a second round. */
const MOST = 10

interface QuantityFormProps {
  itemId: string
  quantity: number
  title: string
}

/** How many copies, or none. */
export function QuantityForm({ itemId, quantity, title }: QuantityFormProps) {
  const [state, action, pending] = useActionState(setQuantity, {})
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
      <form action={action} className="flex items-center gap-4 text-sm">
        <input type="hidden" name="item_id" value={itemId} />
        <label className="flex items-center gap-2">
          <span className="sr-only">Copies of {title}</span>
          <select
            key={quantity}
            name="quantity"
            defaultValue={quantity}
            disabled={pending}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
            className="field w-auto py-1 pr-1"
          >
            {Array.from({ length: Math.max(MOST, quantity) }, (_, i) => (
              <option key={i} value={i + 1}>
                {i + 1}
              </option>
            ))}
          </select>
          <noscript>
            <button className="link">Change</button>
          </noscript>
        </label>
        {pending && <span className="text-soft">Changing …</span>}
      </form>
      <form action={action}>
        <input type="hidden" name="item_id" value={itemId} />
        <button
          name="quantity"
          value="0"
          disabled={pending}
          className="link min-h-9 text-sm text-soft"
        >
          Take out<span className="sr-only"> {title}</span>
        </button>
      </form>
      <Problem>{state.problem}</Problem>
    </div>
  )
}
