import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { Line } from "@/components/cart/line"
import { SummaryList } from "@/components/cart/summary-list"
import { AddressForm } from "@/components/checkout/address-form"
import { DeliveryForm } from "@/components/checkout/delivery-form"
import { Review } from "@/components/checkout/review"
import { StepNav } from "@/components/checkout/step-nav"
import { type Cart, getCart } from "@/lib/cart/get-cart"
import type { AddressValues } from "@/lib/checkout/address"
import { listDeliveries } from "@/lib/checkout/deliveries"
import { type Step, stepsOf, stepToShow } from "@/lib/checkout/steps"
import { formatMoney } from "@/lib/format/money"
import { listRegions } from "@/lib/region/regions"

export const metadata: Metadata = { title: "Checkout", robots: { index: false } }

export default async function CheckoutPage({
  searchParams,
}: {
  searchParams: Promise<{ step?: string }>
}) {
  const [cart, { step: asked }] = await Promise.all([getCart(), searchParams])
  if (!cart?.items?.length) {
    redirect("/cart")
  }
  const step = stepToShow(cart, asked)
  return (
    <div className="page pt-10 md:pt-16">
      <h1 className="text-5xl tracking-tight md:text-6xl">Checkout</h1>
      <StepNav steps={stepsOf(cart)} current={step} />
      <div className="mt-10 grid gap-x-20 gap-y-12 lg:grid-cols-[1fr_21rem]">
        <section aria-label={step} className="max-w-2xl">
          <CurrentStep step={step} cart={cart} />
        </section>
        <section aria-label="Your order" className="self-start bg-wash p-6">
          <ul className="mb-4">
            {cart.items.map((item) => (
              <Line key={item.id} item={item} currency={cart.currency_code} />
            ))}
          </ul>
          <SummaryList sums={cart} />
        </section>
      </div>
    </div>
  )
}

async function CurrentStep({ step, cart }: { step: Step; cart: Cart }) {
  switch (step) {
    case "address": {
      const regions = await listRegions()
      const countries = regions.find(({ id }) => id === cart.region_id)?.countries ?? []
      return <AddressForm countries={countries} known={knownAddress(cart)} />
    }
    case "delivery": {
      const options = await listDeliveries(cart.id)
      return (
        <DeliveryForm
          chosen={cart.shipping_methods?.[0]?.shipping_option_id}
          deliveries={options.map(({ id, name, amount, type }) => ({
            id,
            name,
            description: type?.description,
            price: amount ? formatMoney(amount, cart.currency_code) : "free",
          }))}
        />
      )
    }
    case "review":
      return <Review cart={cart} />
  }
}

/** What the basket already knows of the shopper. */
function knownAddress({ email, shipping_address: address }: Cart): Partial<AddressValues> {
  return {
    email: email ?? "",
    first_name: address?.first_name ?? "",
    last_name: address?.last_name ?? "",
    address_1: address?.address_1 ?? "",
    address_2: address?.address_2 ?? "",
    postal_code: address?.postal_code ?? "",
    city: address?.city ?? "",
    province: address?.province ?? "",
    country_code: address?.country_code ?? "",
    phone: address?.phone ?? "",
  }
}
