import type { Metadata } from "next"
import Link from "next/link"
import { Line } from "@/components/cart/line"
import { SummaryList } from "@/components/cart/summary-list"
import { Notice } from "@/components/ui/notice"
import { getCart } from "@/lib/cart/get-cart"

export const metadata: Metadata = { title: "Your basket" }

export default async function CartPage({
  searchParams,
}: {
  searchParams: Promise<{ problem?: string }>
}) {
  const [cart, { problem }] = await Promise.all([getCart(), searchParams])
  if (!cart?.items?.length) {
    return <EmptyBasket />
  }
  return (
    <div className="page pt-10 md:pt-16">
      <h1 className="text-5xl tracking-tight md:text-6xl">Your basket</h1>
      {problem === "region" && (
        <p role="alert" className="mt-6 border-l-2 border-alarm pl-4">
          Something in your basket isn’t sold in the region you chose, so you are still shopping in
          this one. Take it out to switch.
        </p>
      )}
      <div className="mt-8 grid gap-x-20 gap-y-10 lg:grid-cols-[1fr_21rem]">
        <ul className="border-t border-rule">
          {cart.items.map((item) => (
            <Line key={item.id} item={item} currency={cart.currency_code} editable />
          ))}
        </ul>
        <section aria-label="Sum" className="self-start bg-wash p-6 lg:sticky lg:top-8">
          <SummaryList sums={cart} />
          <Link href="/checkout" className="button mt-6 w-full">
            To the checkout
          </Link>
        </section>
      </div>
    </div>
  )
}

function EmptyBasket() {
  return (
    <Notice title="Your basket is still empty.">
      <p>Which is a fine state to begin from.</p>
      <p className="font-sans text-base">
        <Link href="/search" className="button">
          Look along the shelves
        </Link>
      </p>
    </Notice>
  )
}
