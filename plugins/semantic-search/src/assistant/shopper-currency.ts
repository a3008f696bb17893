import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"

/**
 * The currency in which a shopper sees prices: the one that is named, else the region's.
 *
 * @throws MedusaError `invalid_data` when there is no such region
 */
export async function shopperCurrency(
  container: MedusaContainer,
  { currency_code, region_id }: { currency_code?: string; region_id?: string }
): Promise<string | undefined> {
  if (currency_code || !region_id) {
    return currency_code?.toLowerCase()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "region",
    fields: ["currency_code"],
    filters: { id: region_id },
  })
  if (!data.length) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `"region_id" names no region of this store; leave it out or give "currency_code"`
    )
  }
  return data[0].currency_code
}
