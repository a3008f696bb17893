import type { BookVariant } from "./book-product"

/** From so few copies on the shop says how many are left. */
const FEW_COPIES = 5

/** Whether a format can be bought now, and what to say of it. */
export interface Availability {
  available: boolean
  label: string
}

/** Reads a variant's stock. A format that isn't counted is a file, and there is always one more. */
export function availability(variant: BookVariant): Availability {
  if (!variant.manage_inventory) {
    return { available: true, label: "At once, as a download" }
  }
  const copies = variant.inventory_quantity ?? 0
  if (copies > FEW_COPIES) {
    return { available: true, label: "In stock" }
  }
  if (copies > 0) {
    return { available: true, label: copies === 1 ? "The last copy" : `Only ${copies} left` }
  }
  return variant.allow_backorder
    ? { available: true, label: "To order" }
    : { available: false, label: "Sold out" }
}
