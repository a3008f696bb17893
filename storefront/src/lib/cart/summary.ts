/** What a basket or an order says of its sums, as Medusa gives it. */
export interface Sums {
  currency_code: string
  total: number
  item_subtotal: number
  original_item_total: number
  shipping_subtotal: number
  shipping_total: number
  discount_total: number
  tax_total: number
  items?: { is_tax_inclusive?: boolean | null }[] | null
  shipping_methods?: unknown[] | null
}

export interface SummaryLine {
  label: string
  amount: number
}

export interface Summary {
  lines: SummaryLine[]
  total: number
  /** The tax that is already in the total; undefined where it is a line of its own, or where there is none. */
  includedTax?: number
}

/**
 * The sums under a basket. Where prices hold their tax, as in Europe, the books are summed as priced and
 * the tax is a remark; elsewhere it is a line that is added.
 */
export function summarise(sums: Sums): Summary {
  const inclusive = Boolean(sums.items?.length && sums.items.every((item) => item.is_tax_inclusive))
  const lines: SummaryLine[] = [
    { label: "Books", amount: inclusive ? sums.original_item_total : sums.item_subtotal },
  ]
  if (sums.discount_total > 0) {
    lines.push({ label: "Discount", amount: -sums.discount_total })
  }
  if (sums.shipping_methods?.length) {
    lines.push({
      label: "Delivery",
      amount: inclusive ? sums.shipping_total : sums.shipping_subtotal,
    })
  }
  if (!inclusive && sums.tax_total > 0) {
    lines.push({ label: "Tax", amount: sums.tax_total })
  }
  return {
    lines,
    total: sums.total,
    includedTax: inclusive && sums.tax_total > 0 ? sums.tax_total : undefined,
  }
}
