import "server-only"
import type { HttpTypes } from "@medusajs/types"
import { cookies } from "next/headers"
import { cache } from "react"
import { medusa } from "../medusa/client"
import { isNotFound } from "../medusa/errors"

export type Cart = HttpTypes.StoreCart

export const CART_COOKIE = "libro_cart"

/** Beyond Medusa's default fields of a cart. */
export const CART_FIELDS = "+shipping_methods.name"

/** The shopper's basket; undefined when there is none, or when it has become an order. */
export const getCart = cache(async (): Promise<Cart | undefined> => {
  const id = (await cookies()).get(CART_COOKIE)?.value
  if (!id) {
    return undefined
  }
  try {
    const { cart } = await medusa().store.cart.retrieve(id, { fields: CART_FIELDS })
    return (cart as { completed_at?: string | null }).completed_at ? undefined : cart
  } catch (error) {
    if (isNotFound(error)) {
      return undefined
    }
    throw error
  }
})

/** How many things are in a basket. */
export function countItems(cart: Cart | undefined): number {
  return (cart?.items ?? []).reduce((sum, { quantity }) => sum + quantity, 0)
}
