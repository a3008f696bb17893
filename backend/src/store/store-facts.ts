/** What the demo's bookshop is: names, countries, prices of shipping. A merchant edits them in the admin. */

export const CHANNEL_NAME = "Libro-Mind"

/** The publishable API key that the storefront uses. */
export const KEY_TITLE = "Storefront"

export const REGIONS = [
  {
    name: "Europe",
    currency_code: "eur",
    countries: ["de", "at", "fr", "es", "it", "nl", "be", "ie", "pt", "fi"],
  },
  { name: "United States", currency_code: "usd", countries: ["us"] },
] as const

export const LOCATION = {
  name: "Libro-Mind warehouse",
  address: { city: "Leipzig", country_code: "DE", address_1: "Buchgasse 1" },
} as const

export const SHIPPING_OPTIONS = [
  {
    name: "Standard",
    type: { label: "Standard", description: "3 to 5 working days", code: "standard" },
    prices: { eur: 3.9, usd: 4.9 },
  },
  {
    name: "Express",
    type: { label: "Express", description: "1 to 2 working days", code: "express" },
    prices: { eur: 9.9, usd: 12.9 },
  },
] as const

/** Medusa's own providers, which need no account anywhere. */
export const PAYMENT_PROVIDER = "pp_system_default"
export const FULFILLMENT_PROVIDER = "manual_manual"
export const TAX_PROVIDER = "tp_system"
