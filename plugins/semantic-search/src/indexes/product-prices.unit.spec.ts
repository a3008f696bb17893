import type { ProductRow } from "./product-graph"
import { readPrices } from "./product-prices"

interface Price {
  calculated_amount: number | null
  original_amount?: number | null
  list?: string
}

/** A Pricing Module that knows prices by currency or region, then by price set. */
function pricing(known: Record<string, Record<string, Price>>, regions: unknown[] = []) {
  const asked: { entity: string; context?: { currency_code?: string; region_id?: string } }[] = []
  const query = {
    async graph(input: (typeof asked)[number] & { filters: { id?: string[] } }) {
      asked.push(input)
      if (input.entity === "region") {
        return { data: regions }
      }
      const prices = known[input.context!.region_id ?? input.context!.currency_code!] ?? {}
      const data = input.filters.id!.map((id) => ({
        id,
        calculated_price: prices[id] && {
          original_amount: prices[id].calculated_amount,
          ...prices[id],
          calculated_price: { price_list_type: prices[id].list ?? null },
        },
      }))
      return { data }
    },
  }
  return { asked, query: query as never }
}

function product(...sets: (string | null)[]): ProductRow {
  return {
    id: "p",
    variants: sets.map((id, i) => ({ id: `v${i}`, price_set: id === null ? null : { id } })),
  }
}

async function pricesOf(
  one: ProductRow,
  known: Parameters<typeof pricing>[0],
  { currencies = ["eur", "usd"], regions = {} }: Partial<Parameters<typeof readPrices>[2]> = {}
) {
  const { query } = pricing(known, [
    { id: "reg_1", name: "Switzerland", currency_code: "eur" },
    { id: "reg_2", name: "Norway", currency_code: "eur" },
  ])
  return (await readPrices(query, [one], { currencies, regions }))(one)
}

describe("readPrices", () => {
  it("takes the cheapest variant in each currency, with its own price before the sale", async () => {
    const known = {
      eur: {
        a: { calculated_amount: 8, original_amount: 12, list: "sale" },
        b: { calculated_amount: 9, original_amount: 9 },
      },
      usd: { b: { calculated_amount: 14 } },
    }
    expect(await pricesOf(product("a", "b"), known)).toEqual({
      prices: { eur: 8, usd: 14 },
      original_prices: { eur: 12, usd: 14 },
      on_sale: true,
    })
  })

  it("is on sale for the sake of a variant that isn't the cheapest", async () => {
    const known = {
      eur: {
        a: { calculated_amount: 5 },
        b: { calculated_amount: 9, original_amount: 20, list: "sale" },
      },
    }
    expect(await pricesOf(product("a", "b"), known)).toMatchObject({
      prices: { eur: 5 },
      original_prices: { eur: 5 },
      on_sale: true,
    })
  })

  it.each<[string, Price]>([
    [
      "of an override, which is the price",
      { calculated_amount: 5, original_amount: 9, list: "override" },
    ],
    ["of a sale that isn't cheaper", { calculated_amount: 9, original_amount: 9, list: "sale" }],
    ["without a price", { calculated_amount: null, original_amount: null, list: "sale" }],
  ])("isn't on sale because %s", async (_, price) => {
    expect((await pricesOf(product("a"), { eur: { a: price } })).on_sale).toBe(false)
  })

  it("counts a price of zero, and leaves out what has none", async () => {
    const known = { eur: { a: { calculated_amount: 0 }, b: { calculated_amount: null } } }
    expect(await pricesOf(product("b", null, "a"), known)).toMatchObject({ prices: { eur: 0 } })
    expect(await pricesOf(product("b"), known)).toMatchObject({ prices: {}, on_sale: false })
    expect(await pricesOf({ id: "p" }, known)).toMatchObject({ prices: {}, on_sale: false })
  })

  it("keeps a region's price under the store's key, whether it names the region or its id", async () => {
    const known = {
      eur: { a: { calculated_amount: 10 } },
      reg_1: { a: { calculated_amount: 12 } },
      reg_2: { a: { calculated_amount: 7, original_amount: 10, list: "sale" } },
    }
    const regions = { alps: "Switzerland", fjords: "reg_2", moon: "Atlantis" }
    expect(await pricesOf(product("a"), known, { currencies: ["eur"], regions })).toEqual({
      prices: { eur: 10 },
      original_prices: { eur: 10 },
      region_prices: { alps: 12, fjords: 7 },
      on_sale: true,
    })
  })

  it("asks once for each currency, for all products together, and never for none", async () => {
    const { asked, query } = pricing({})
    await readPrices(query, [product("a"), product("b")], {
      currencies: ["eur", "usd"],
      regions: {},
    })
    expect(asked.map(({ context }) => context)).toEqual([
      expect.objectContaining({ currency_code: "eur" }),
      expect.objectContaining({ currency_code: "usd" }),
    ])
    await readPrices(query, [{ id: "p" }], { currencies: ["eur"], regions: {} })
    expect(asked).toHaveLength(2)
  })
})
