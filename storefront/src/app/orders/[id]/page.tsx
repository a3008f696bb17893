import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { Line } from "@/components/cart/line"
import { SummaryList } from "@/components/cart/summary-list"
import { AddressLines } from "@/components/checkout/address-lines"
import { getOrder } from "@/lib/order/get-order"

export const metadata: Metadata = { title: "Your order", robots: { index: false } }

export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  const order = await getOrder((await params).id)
  if (!order) {
    notFound()
  }
  const methods = order.shipping_methods ?? []
  return (
    <div className="page pt-10 md:pt-16">
      <h1 className="text-5xl leading-[1.02] tracking-tight md:text-6xl">
        Thank you. <br />
        The books are yours.
      </h1>
      <p className="mt-5 max-w-prose font-serif text-xl text-soft">
        Order number {order.display_id}. The invoice goes to {order.email}
        {methods.length > 0 && `; the parcel goes by ${methods[0]!.name.toLowerCase()} delivery`}.
      </p>
      <div className="mt-10 grid gap-x-20 gap-y-10 lg:grid-cols-[1fr_21rem]">
        <ul className="border-t border-rule">
          {(order.items ?? []).map((item) => (
            <Line key={item.id} item={item} currency={order.currency_code} />
          ))}
        </ul>
        <div className="space-y-6 self-start bg-wash p-6">
          <SummaryList sums={order} />
          {order.shipping_address && (
            <div>
              <h2 className="label-text mb-1 font-sans">{methods.length ? "Goes to" : "For"}</h2>
              <AddressLines address={order.shipping_address} />
            </div>
          )}
        </div>
      </div>
      <Link href="/" className="button-quiet mt-12">
        Back to the shelves
      </Link>
    </div>
  )
}
