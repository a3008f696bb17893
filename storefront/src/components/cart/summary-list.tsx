import { summarise, type Sums } from "@/lib/cart/summary"
import { formatMoney } from "@/lib/format/money"

/** The sums under a basket or an order. */
export function SummaryList({ sums }: { sums: Sums }) {
  const { lines, total, includedTax } = summarise(sums)
  const money = (amount: number) => formatMoney(amount, sums.currency_code)
  return (
    <dl className="tabular-nums">
      {lines.map(({ label, amount }) => (
        <div key={label} className="flex justify-between gap-6 py-1">
          <dt>{label}</dt>
          <dd>{money(amount)}</dd>
        </div>
      ))}
      <div className="mt-2 flex items-baseline justify-between gap-6 border-t border-ink/60 pt-3">
        <dt className="font-serif text-xl">Total</dt>
        <dd className="font-serif text-2xl">{money(total)}</dd>
      </div>
      {includedTax !== undefined && (
        <div className="flex justify-between gap-6 text-sm text-soft">
          <dt>of which tax</dt>
          <dd>{money(includedTax)}</dd>
        </div>
      )}
    </dl>
  )
}
