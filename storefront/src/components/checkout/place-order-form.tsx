"use client"

import { useActionState } from "react"
import { placeOrder } from "@/lib/checkout/actions"
import { Problem } from "../ui/problem"

/** The last button. */
export function PlaceOrderForm({ total }: { total: string }) {
  const [{ problem }, action, pending] = useActionState(placeOrder, {})
  return (
    <form action={action} className="space-y-3">
      <Problem>{problem}</Problem>
      <button type="submit" disabled={pending} className="button w-full sm:w-auto sm:min-w-72">
        {pending ? "Placing your order …" : `Place the order for ${total}`}
      </button>
    </form>
  )
}
