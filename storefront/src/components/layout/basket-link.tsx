import Link from "next/link"
import { countItems, getCart } from "@/lib/cart/get-cart"
import { Icon } from "../ui/icon"

/** The way to the basket, with the number of things in it. */
export async function BasketLink() {
  // The header stands on every page, also on the one that says that the backend is away.
  const count = countItems(await getCart().catch(() => undefined))
  return <Basket count={count} />
}

/** The basket itself, as it also stands there while its contents aren't known yet. */
export function Basket({ count }: { count: number }) {
  return (
    <Link
      href="/cart"
      aria-label={`Basket, ${count} ${count === 1 ? "item" : "items"}`}
      className="relative inline-flex size-11 items-center justify-center hover:text-cloth"
    >
      <Icon name="basket" />
      {count > 0 && (
        <span className="absolute top-0.5 right-0 min-w-4.5 rounded-full bg-cloth px-1 text-center text-[0.6875rem] leading-4.5 font-semibold text-on-cloth tabular-nums">
          {count}
        </span>
      )}
    </Link>
  )
}
