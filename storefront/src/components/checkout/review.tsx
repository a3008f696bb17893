import type { ReactNode } from "react"
import type { Cart } from "@/lib/cart/get-cart"
import { formatMoney } from "@/lib/format/money"
import { AddressLines } from "./address-lines"
import { PlaceOrderForm } from "./place-order-form"

/** Everything once more, before it counts. */
export function Review({ cart }: { cart: Cart }) {
  const methods = cart.shipping_methods ?? []
  return (
    <div className="space-y-8">
      <dl className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <Item name={methods.length ? "Goes to" : "For"}>
          {cart.shipping_address && <AddressLines address={cart.shipping_address} />}
          <span className="block text-soft">{cart.email}</span>
        </Item>
        <Item name="Delivery">
          {methods.length
            ? methods.map(({ id, name }) => <span key={id}>{name}</span>)
            : "As a download, at once"}
        </Item>
        <Item name="Payment">
          On account. We send an invoice by e-mail; nothing is charged now.
        </Item>
      </dl>
      <PlaceOrderForm total={formatMoney(cart.total, cart.currency_code)} />
    </div>
  )
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="label-text mb-1">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
