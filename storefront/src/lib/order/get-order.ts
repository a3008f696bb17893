import "server-only"
import type { HttpTypes } from "@medusajs/types"
import { cookies } from "next/headers"
import { cookieOptions, MONTH_SECONDS } from "../cookie-options"
import { medusa } from "../medusa/client"
import { isNotFound } from "../medusa/errors"

const ORDERS_COOKIE = "libro_orders"

/** So many orders a browser can look at again; the oldest is forgotten first. */
const MAX_REMEMBERED = 10

/** Lets this browser see an order that it has placed. */
export async function rememberOrder(id: string): Promise<void> {
  const ids = [id, ...(await rememberedOrders())].slice(0, MAX_REMEMBERED)
  ;(await cookies()).set(ORDERS_COOKIE, ids.join("."), await cookieOptions(MONTH_SECONDS))
}

/**
 * An order placed in this browser. Medusa shows an order to anybody who knows its id; an address that
 * was copied from a screen must not show a stranger's home.
 *
 * @returns undefined when there is no such order, or when another browser placed it
 */
export async function getOrder(id: string): Promise<HttpTypes.StoreOrder | undefined> {
  if (!(await rememberedOrders()).includes(id)) {
    return undefined
  }
  try {
    const { order } = await medusa().store.order.retrieve(id)
    return order
  } catch (error) {
    if (isNotFound(error)) {
      return undefined
    }
    throw error
  }
}

async function rememberedOrders(): Promise<string[]> {
  const value = (await cookies()).get(ORDERS_COOKIE)?.value
  return value ? value.split(".") : []
}
