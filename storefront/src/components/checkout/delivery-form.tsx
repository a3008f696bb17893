"use client"

import { useActionState } from "react"
import { chooseDelivery } from "@/lib/checkout/actions"
import { Problem } from "../ui/problem"

export interface DeliveryChoice {
  id: string
  name: string
  description?: string
  price: string
}

/** How it is delivered. */
export function DeliveryForm(props: { deliveries: DeliveryChoice[]; chosen: string | undefined }) {
  const { deliveries, chosen = deliveries[0]?.id } = props
  const [{ problem }, action, pending] = useActionState(chooseDelivery, {})
  if (!deliveries.length) {
    return <p>We can’t deliver to this address yet. Please go back and choose another.</p>
  }
  return (
    <form action={action} className="space-y-5">
      <fieldset className="space-y-2">
        <legend className="sr-only">Delivery</legend>
        {deliveries.map(({ id, name, description, price }) => (
          <label
            key={id}
            className="flex cursor-pointer items-baseline gap-3 border border-ink/25 px-4 py-4 hover:border-cloth has-checked:border-cloth has-checked:bg-wash has-focus-visible:outline-2 has-focus-visible:outline-cloth"
          >
            <input
              type="radio"
              name="option_id"
              value={id}
              defaultChecked={id === chosen}
              className="translate-y-0.5 accent-cloth outline-none"
            />
            <span className="flex-1">
              <span className="font-semibold">{name}</span>
              {description && <span className="block text-sm text-soft">{description}</span>}
            </span>
            <span className="tabular-nums">{price}</span>
          </label>
        ))}
      </fieldset>
      <Problem>{problem}</Problem>
      <button type="submit" disabled={pending} className="button min-w-48">
        {pending ? "Saving …" : "Go on"}
      </button>
    </form>
  )
}
