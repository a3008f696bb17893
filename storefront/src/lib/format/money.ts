/** In which English each currency's prices are written, so that € and $ stand where readers expect them. */
const LOCALES: Record<string, string> = { eur: "en-IE", usd: "en-US", gbp: "en-GB" }

const FALLBACK_LOCALE = "en-IE"

const formats = new Map<string, Intl.NumberFormat>()

/**
 * Writes an amount of money: `formatMoney(9.5, "eur")` is "€9.50".
 *
 * @param amount in major units, as Medusa gives it
 * @param currency code of ISO 4217, in either case
 */
export function formatMoney(amount: number, currency: string): string {
  const code = currency.toLowerCase()
  let format = formats.get(code)
  if (!format) {
    format = new Intl.NumberFormat(LOCALES[code] ?? FALLBACK_LOCALE, {
      style: "currency",
      currency: code,
    })
    formats.set(code, format)
  }
  return format.format(amount)
}

/** The sign of a currency by itself: "€". */
export function currencySign(currency: string): string {
  const parts = new Intl.NumberFormat(LOCALES[currency.toLowerCase()] ?? FALLBACK_LOCALE, {
    style: "currency",
    currency,
  }).formatToParts(0)
  return parts.find(({ type }) => type === "currency")?.value ?? currency.toUpperCase()
}
