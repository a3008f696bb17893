import type { FormatChoice } from "@/components/book/format-form"
import { formatMoney } from "../format/money"
import type { BookVariant } from "./book-product"
import { availability } from "./stock"

/** The order in which formats lie on the counter. Formats that aren't in it come last. */
const ORDER = ["Paperback", "Hardcover", "E-book", "Audiobook"]

/** The formats of a book as the shopper chooses among them. */
export function formatChoices(variants: BookVariant[], currency: string): FormatChoice[] {
  return variants
    .map((variant) => {
      const { available, label } = availability(variant)
      const amount = variant.calculated_price?.calculated_amount
      return {
        id: variant.id,
        title: variant.title ?? "",
        price: amount == null ? undefined : formatMoney(amount, currency),
        stock: label,
        available: available && amount != null,
      }
    })
    .sort((a, b) => place(a.title) - place(b.title))
}

function place(title: string): number {
  const index = ORDER.indexOf(title)
  return index < 0 ? ORDER.length : index
}
