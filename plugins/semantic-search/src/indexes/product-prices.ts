import type { RemoteQueryFunction } from "@medusajs/framework/types"
import { QueryContext } from "@medusajs/framework/utils"
import type { ProductRow } from "./product-graph"

type Query = Pick<RemoteQueryFunction, "graph">

/** For whom prices are kept. */
export interface PriceOptions {
  /** Codes of currencies, in lower case. */
  currencies: string[]
  /** Regions, each by its id or name, under the keys of the fields that hold their prices. */
  regions: Record<string, string>
}

/**
 * What a product costs now, in major units ("12.5" euros): of its variants the cheapest. A currency or
 * region in which nothing is priced is absent. Prices for groups of customers aren't everybody's and
 * don't count.
 */
export interface ProductPrices {
  /** By currency: what a shopper pays of whom nothing but the currency is known. */
  prices: Record<string, number>
  /** By currency: what the variant that `prices` tells of costs without the sale. */
  original_prices: Record<string, number>
  /** By the keys of `regions`, where there are any: what a shopper in the region pays. */
  region_prices?: Record<string, number>
  /** Whether some variant is on sale, in one of these currencies or regions. */
  on_sale: boolean
}

/** A kind of shopper, as the Pricing Module knows it. */
interface Shopper {
  currency_code: string
  region_id?: string
}

/** The Pricing Module's answer for a price set, as far as it matters here. */
interface CalculatedPrice {
  calculated_amount: number | null
  original_amount: number | null
  calculated_price?: { price_list_type?: string | null } | null
}

interface PriceSetRow {
  id: string
  calculated_price?: CalculatedPrice | null
}

interface RegionRow {
  id: string
  name: string
  currency_code: string
}

/** The cheapest of a product's variants. */
interface LowestPrice {
  amount: number
  original: number
}

type PricesBySet = Map<string, CalculatedPrice>

/**
 * Reads what products cost now. Medusa's Pricing Module calculates it, price lists (sales and overrides)
 * and region prices included, as it does for the store's product pages: once for each currency and
 * region, for all products together.
 *
 * @returns the prices of one of the products
 */
export async function readPrices(
  query: Query,
  products: ProductRow[],
  { currencies, regions }: PriceOptions
): Promise<(product: ProductRow) => ProductPrices> {
  const ids = products.flatMap(priceSetIds)
  const byCurrency = new Map<string, PricesBySet>()
  for (const currency of currencies) {
    byCurrency.set(currency, await calculate(query, ids, { currency_code: currency }))
  }
  const byRegion = new Map<string, PricesBySet>()
  for (const [key, { id, currency_code }] of await findRegions(query, regions)) {
    byRegion.set(key, await calculate(query, ids, { region_id: id, currency_code }))
  }
  return (product) => {
    const sets = priceSetIds(product)
    const inCurrencies = lowestPrices(sets, byCurrency)
    return {
      prices: mapValues(inCurrencies, ({ amount }) => amount),
      original_prices: mapValues(inCurrencies, ({ original }) => original),
      ...(Object.keys(regions).length
        ? { region_prices: mapValues(lowestPrices(sets, byRegion), ({ amount }) => amount) }
        : {}),
      on_sale: [...byCurrency.values(), ...byRegion.values()].some((prices) =>
        sets.some((id) => isOnSale(prices.get(id)))
      ),
    }
  }
}

async function calculate(
  query: Query,
  ids: string[],
  shopper: Shopper
): Promise<Map<string, CalculatedPrice>> {
  if (!ids.length) {
    return new Map()
  }
  const { data } = await query.graph({
    entity: "price_set",
    fields: ["id", "calculated_price.*"],
    filters: { id: ids },
    context: QueryContext({ ...shopper }),
  } as Parameters<Query["graph"]>[0])
  return new Map(
    (data as PriceSetRow[]).flatMap(({ id, calculated_price }) =>
      calculated_price ? [[id, calculated_price] as const] : []
    )
  )
}

/** The regions that exist, by their keys; a renamed or deleted one has no prices. */
async function findRegions(
  query: Query,
  regions: PriceOptions["regions"]
): Promise<[key: string, region: RegionRow][]> {
  const wanted = Object.entries(regions)
  if (!wanted.length) {
    return []
  }
  const { data } = await query.graph({
    entity: "region",
    fields: ["id", "name", "currency_code"],
    filters: { $or: wanted.flatMap(([, region]) => [{ id: region }, { name: region }]) },
  })
  const rows = data as RegionRow[]
  return wanted.flatMap(([key, region]) => {
    const row = rows.find(({ id }) => id === region) ?? rows.find(({ name }) => name === region)
    return row ? [[key, row] as [string, RegionRow]] : []
  })
}

function lowestPrices(
  sets: string[],
  pricesByKey: Map<string, PricesBySet>
): Record<string, LowestPrice> {
  const lowest: Record<string, LowestPrice> = {}
  for (const [key, prices] of pricesByKey) {
    for (const id of sets) {
      const amount = prices.get(id)?.calculated_amount ?? undefined
      if (amount === undefined) {
        continue
      }
      const original = prices.get(id)?.original_amount ?? amount
      const best = lowest[key]
      if (!best || amount < best.amount || (amount === best.amount && original < best.original)) {
        lowest[key] = { amount, original }
      }
    }
  }
  return lowest
}

function isOnSale(price: CalculatedPrice | undefined): boolean {
  return (
    price?.calculated_price?.price_list_type === "sale" &&
    price.calculated_amount !== null &&
    price.original_amount !== null &&
    price.calculated_amount < price.original_amount
  )
}

function priceSetIds({ variants }: ProductRow): string[] {
  return (variants ?? []).flatMap((variant) => variant?.price_set?.id ?? [])
}

function mapValues<In, Out>(
  record: Record<string, In>,
  map: (value: In) => Out
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
