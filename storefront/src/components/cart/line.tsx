import Link from "next/link"
import { formatMoney } from "@/lib/format/money"
import { Cover } from "../catalogue/cover"
import { QuantityForm } from "./quantity-form"

/** A line of a basket or of an order, as far as it is shown. */
export interface LineItem {
  id: string
  title: string
  product_title?: string | null
  product_handle?: string | null
  variant_title?: string | null
  thumbnail?: string | null
  quantity: number
  unit_price: number
}

interface LineProps {
  item: LineItem
  currency: string
  /** Whether its number can be changed. */
  editable?: boolean
}

/** One book in the basket, in one format. */
export function Line({ item, currency, editable = false }: LineProps) {
  const title = item.product_title ?? item.title
  return (
    <li className="grid grid-cols-[4.5rem_1fr_auto] gap-x-5 border-b border-rule py-5">
      <Cover src={item.thumbnail} className="row-span-2 w-full self-start" />
      <div>
        <p className="font-serif text-xl leading-tight">
          {item.product_handle ? (
            <Link href={`/books/${item.product_handle}`} className="hover:text-cloth">
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        <p className="mt-1 text-sm text-soft">
          {item.variant_title}
          {!editable && item.quantity > 1 && `, ${item.quantity} copies`}
        </p>
      </div>
      <p className="text-right tabular-nums">
        {formatMoney(item.unit_price * item.quantity, currency)}
        {item.quantity > 1 && (
          <span className="block text-sm text-soft">
            {formatMoney(item.unit_price, currency)} each
          </span>
        )}
      </p>
      {editable && (
        <div className="col-span-2 col-start-2 mt-3">
          <QuantityForm itemId={item.id} quantity={item.quantity} title={title} />
        </div>
      )}
    </li>
  )
}
