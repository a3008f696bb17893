"use server"

import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { cartProblem } from "../cart/cart-problem"
import { CART_COOKIE, type Cart, getCart } from "../cart/get-cart"
import { medusa } from "../medusa/client"
import { rememberOrder } from "../order/get-order"
import { listRegions } from "../region/regions"
import { type AddressErrors, type AddressValues, readAddress } from "./address"
import { needsDelivery } from "./steps"

/** What a step of the checkout shows after it was sent and couldn't go on. */
export interface CheckoutState {
  problem?: string
  errors?: AddressErrors
  values?: AddressValues
}

/** Medusa's manual payment: the shop writes an invoice, nothing is charged here. */
const PAYMENT_PROVIDER = "pp_system_default"

/** Keeps who orders and where it goes, and moves on. */
export async function saveAddress(_: CheckoutState, form: FormData): Promise<CheckoutState> {
  const cart = await cartOrLeave()
  const regions = await listRegions()
  const countries = regions.find(({ id }) => id === cart.region_id)?.countries ?? []
  const { values, errors } = readAddress(
    form,
    countries.map(({ code }) => code)
  )
  if (Object.keys(errors).length) {
    return { values, errors }
  }
  const { email, ...address } = values
  try {
    await medusa().store.cart.update(cart.id, {
      email,
      shipping_address: address,
      billing_address: address,
    })
  } catch (error) {
    return { values, problem: cartProblem(error) }
  }
  redirect(`/checkout?step=${needsDelivery(cart) ? "delivery" : "review"}`)
}

/** Keeps how it is delivered, and moves on. */
export async function chooseDelivery(_: CheckoutState, form: FormData): Promise<CheckoutState> {
  const cart = await cartOrLeave()
  const option_id = String(form.get("option_id") ?? "")
  if (!option_id) {
    return { problem: "Choose how it should be delivered." }
  }
  try {
    await medusa().store.cart.addShippingMethod(cart.id, { option_id })
  } catch (error) {
    return { problem: cartProblem(error) }
  }
  redirect("/checkout?step=review")
}

/** Makes the basket an order. Pressed twice, it is still one order: Medusa completes a cart once. */
export async function placeOrder(): Promise<CheckoutState> {
  const cart = await cartOrLeave()
  let order: string
  try {
    const { store } = medusa()
    await store.payment.initiatePaymentSession(cart, { provider_id: PAYMENT_PROVIDER })
    const result = await store.cart.complete(cart.id)
    if (result.type === "cart") {
      return { problem: result.error.message }
    }
    order = result.order.id
  } catch (error) {
    return { problem: cartProblem(error) }
  }
  ;(await cookies()).delete(CART_COOKIE)
  await rememberOrder(order)
  redirect(`/orders/${order}`)
}

async function cartOrLeave(): Promise<Cart> {
  const cart = await getCart()
  if (!cart?.items?.length) {
    redirect("/cart")
  }
  return cart
}
