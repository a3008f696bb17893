import type { VariantRow } from "./product-graph"

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
