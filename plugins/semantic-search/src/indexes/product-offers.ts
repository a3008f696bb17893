import type { VariantRow } from "./product-graph"

/**
 * The lowest base price of a product in each currency, in major units ("12.5" euros). A currency in
 * which nothing is priced is absent. Prices that depend on a rule aren't everybody's and don't count.
 */
export function lowestPrices(variants: VariantRow[], currencies: string[]): Record<string, number> {
  const lowest: Record<string, number> = {}
  for (const price of variants.flatMap((variant) => variant.prices ?? [])) {
    const currency = price?.currency_code?.toLowerCase()
    const amount = Number(price?.amount ?? Number.NaN)
    if (
      !currency ||
      !currencies.includes(currency) ||
      price?.rules_count ||
      !Number.isFinite(amount)
    ) {
      continue
    }
    lowest[currency] = Math.min(lowest[currency] ?? Number.POSITIVE_INFINITY, amount)
  }
  return lowest
}

/** How many of a variant can be sold from stock; undefined where its stock isn't counted. */
export function sellableUnits(variant: VariantRow): number | undefined {
  if (!variant.manage_inventory) {
    return undefined
  }
  const units = (variant.inventory_items ?? []).map((item) => {
    const available = (item?.inventory?.location_levels ?? []).reduce(
      (sum, level) =>
        sum + Number(level?.stocked_quantity ?? 0) - Number(level?.reserved_quantity ?? 0),
      0
    )
    return Math.floor(available / (item?.required_quantity || 1))
  })
  return units.length ? Math.max(0, Math.min(...units)) : 0
}

/** Whether a shopper can buy a variant now. */
export function purchasable(variant: VariantRow): boolean {
  return !!variant.allow_backorder || (sellableUnits(variant) ?? 1) > 0
}
