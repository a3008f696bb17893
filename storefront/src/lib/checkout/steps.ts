import type { Cart } from "../cart/get-cart"

export const STEPS = ["address", "delivery", "review"] as const

export type Step = (typeof STEPS)[number]

/** Whether anything in the basket has to be carried somewhere. */
export function needsDelivery(cart: Pick<Cart, "items">): boolean {
  return (cart.items ?? []).some(({ requires_shipping }) => requires_shipping)
}

/** The steps that a basket goes through: downloads have no delivery. */
export function stepsOf(cart: Pick<Cart, "items">): Step[] {
  return STEPS.filter((step) => step !== "delivery" || needsDelivery(cart))
}

/** The step to show: the one asked for, unless an earlier one isn't done. */
export function stepToShow(
  cart: Pick<Cart, "items" | "email" | "shipping_address" | "shipping_methods">,
  asked: string | undefined
): Step {
  const done: Record<Step, boolean> = {
    address: Boolean(cart.email && cart.shipping_address?.address_1),
    delivery: !needsDelivery(cart) || Boolean(cart.shipping_methods?.length),
    review: false,
  }
  const steps = stepsOf(cart)
  const firstOpen = steps.find((step) => !done[step]) ?? "review"
  const wanted = steps.find((step) => step === asked) ?? firstOpen
  return steps.indexOf(wanted) <= steps.indexOf(firstOpen) ? wanted : firstOpen
}
