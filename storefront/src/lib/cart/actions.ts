"use server"

import { refresh } from "next/cache"
import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { cookieOptions, MONTH_SECONDS } from "../cookie-options"
import { medusa } from "../medusa/client"
import { currentRegion, listRegions, REGION_COOKIE } from "../region/regions"
import { cartProblem } from "./cart-problem"
import { CART_COOKIE, getCart } from "./get-cart"

/** What a form of the basket shows after it was sent. */
export interface CartFormState {
  /** What went wrong, as a sentence for the shopper. */
  problem?: string
  /** How many copies were put in, counted up so that a repeated success is news. */
  added?: number
}

/** More of one title than a shop would sell unasked. */
const MAX_QUANTITY = 99

/** Puts a format of a book into the basket, and makes a basket if there is none. */
export async function addToCart(state: CartFormState, form: FormData): Promise<CartFormState> {
  const variant_id = String(form.get("variant_id") ?? "")
  if (!variant_id) {
    return { problem: "Choose a format first." }
  }
  try {
    const cart = await getCart()
    if (cart) {
      await medusa().store.cart.createLineItem(cart.id, { variant_id, quantity: 1 })
    } else {
      await createCart(variant_id)
    }
  } catch (error) {
    return { problem: cartProblem(error) }
  }
  refresh()
  return { added: (state.added ?? 0) + 1 }
}

/** Sets how many copies of a line are in the basket; none takes it out. */
export async function setQuantity(_: CartFormState, form: FormData): Promise<CartFormState> {
  const item = String(form.get("item_id") ?? "")
  const quantity = Number(form.get("quantity"))
  const cart = await getCart()
  if (!cart || !item || !Number.isInteger(quantity) || quantity < 0 || quantity > MAX_QUANTITY) {
    return { problem: `Choose a number from 0 to ${MAX_QUANTITY}.` }
  }
  try {
    if (quantity === 0) {
      await medusa().store.cart.deleteLineItem(cart.id, item)
    } else {
      await medusa().store.cart.updateLineItem(cart.id, item, { quantity })
    }
  } catch (error) {
    return { problem: cartProblem(error) }
  }
  refresh()
  return {}
}

/** Takes the shopper, and the basket with them, to another region and its currency. */
export async function chooseRegion(form: FormData): Promise<void> {
  const id = String(form.get("region_id") ?? "")
  const regions = await listRegions()
  if (!regions.some((region) => region.id === id)) {
    return
  }
  const cart = await getCart()
  if (cart && cart.region_id !== id) {
    try {
      await medusa().store.cart.update(cart.id, { region_id: id })
    } catch {
      redirect("/cart?problem=region")
    }
  }
  ;(await cookies()).set(REGION_COOKIE, id, await cookieOptions(MONTH_SECONDS))
  refresh()
}

async function createCart(variant_id: string): Promise<void> {
  const region = await currentRegion()
  const { cart } = await medusa().store.cart.create({
    region_id: region.id,
    items: [{ variant_id, quantity: 1 }],
  })
  ;(await cookies()).set(CART_COOKIE, cart.id, await cookieOptions(MONTH_SECONDS))
}
