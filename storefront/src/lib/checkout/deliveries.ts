import "server-only"
import type { HttpTypes } from "@medusajs/types"
import { medusa } from "../medusa/client"

/** The ways in which a basket can be delivered, each with its price in the basket's currency. */
export async function listDeliveries(cartId: string): Promise<HttpTypes.StoreCartShippingOption[]> {
  const { shipping_options } = await medusa().store.fulfillment.listCartOptions({
    cart_id: cartId,
  })
  return shipping_options
}
