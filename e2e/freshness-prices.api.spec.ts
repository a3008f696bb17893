import { uniqueWord } from "./helpers/catalogue"
import { eventually, FRESH_WITHIN_MS } from "./helpers/eventually"
import { expect, test } from "./helpers/test"

const listed = (ids: string[]) => ids.join(" ")

test("products are sorted and filtered by what they cost now, and marked as on sale", async ({
  catalogue,
  search,
}) => {
  const shelf = uniqueWord()
  const tag = await catalogue.createTag(shelf)
  const [cheap, middle, dear] = [
    await catalogue.createProduct({ tag_ids: [tag.id], eur: 10 }),
    await catalogue.createProduct({ tag_ids: [tag.id], eur: 20 }),
    await catalogue.createProduct({ tag_ids: [tag.id], eur: 30 }),
  ]
  const sorted = (direction: "ASC" | "DESC") => () =>
    search.ids({ filters: { tags: shelf }, pagination: { order: { "prices.eur": direction } } })
  const filtered = (filters: Record<string, unknown>) =>
    search.ids({ filters: { tags: shelf, ...filters } })
  await eventually(
    "they stand in the order of their prices",
    sorted("ASC"),
    (ids) => listed(ids) === listed([cheap.id, middle.id, dear.id])
  )

  await catalogue.createPriceList(dear, 5)

  await eventually(
    "the dearest is the cheapest now",
    sorted("ASC"),
    (ids) => listed(ids) === listed([dear.id, cheap.id, middle.id])
  )
  expect(await sorted("DESC")()).toEqual([middle.id, cheap.id, dear.id])
  expect(await filtered({ "prices.eur": { $lte: 5 } })).toEqual([dear.id])
  expect(await filtered({ "prices.eur": { $gte: 25 } })).toEqual([])
  expect(await filtered({ on_sale: true })).toEqual([dear.id])
  const { facets } = await search.run({
    filters: { tags: shelf },
    search_options: { facets: ["on_sale"] },
  })
  expect(facets!.on_sale.values.map(({ value, count }) => [String(value), count]).sort()).toEqual([
    ["false", 2],
    ["true", 1],
  ])
})

test("products are sorted and filtered by a region's prices", async ({
  admin,
  catalogue,
  search,
}) => {
  const shelf = uniqueWord()
  const tag = await catalogue.createTag(shelf)
  const { regions } = await admin.get<{ regions: { id: string; name: string }[] }>("/regions")
  const region_id = regions.find(({ name }) => name === "Europe")!.id
  const plain = await catalogue.createProduct({ tag_ids: [tag.id], eur: 10 })
  const regional = await catalogue.createProduct({ tag_ids: [tag.id], eur: 20 })
  await admin.post(`/products/${regional.id}/variants/${regional.variant_id}`, {
    prices: [
      { id: regional.price_id, currency_code: "eur", amount: 20 },
      { currency_code: "eur", amount: 4, rules: { region_id } },
    ],
  })
  const sortedBy = (field: string) =>
    search.ids({ filters: { tags: shelf }, pagination: { order: { [field]: "ASC" } } })
  await eventually(
    "the region's price decides in the region",
    () => sortedBy("region_prices.europe"),
    (ids) => listed(ids) === listed([regional.id, plain.id])
  )
  expect(await sortedBy("prices.eur")).toEqual([plain.id, regional.id])
  expect(
    await search.ids({ filters: { tags: shelf, "region_prices.europe": { $lt: 5 } } })
  ).toEqual([regional.id])
})

test("a sale starts and ends by its dates, though no event says so", async ({
  catalogue,
  search,
}) => {
  const product = await catalogue.createProduct({ eur: 10 })
  const priceAndSale = async () => {
    const document = await search.document(product.id)
    return [document?.prices.eur, document?.on_sale]
  }
  const is =
    (price: number, onSale: boolean) =>
    ([eur, on_sale]: unknown[]) =>
      eur === price && on_sale === onSale
  await eventually("it costs what it costs", priceAndSale, is(10, false))

  const [startsIn, endsIn] = [1_500, 6_500]
  const now = Date.now()
  await catalogue.createPriceList(product, 7, {
    starts_at: new Date(now + startsIn).toISOString(),
    ends_at: new Date(now + endsIn).toISOString(),
  })

  expect(await priceAndSale(), "before the sale").toEqual([10, false])
  await eventually("the sale has begun", priceAndSale, is(7, true), {
    withinMs: startsIn + FRESH_WITHIN_MS,
  })
  await eventually("the sale is over", priceAndSale, is(10, false), {
    withinMs: endsIn + FRESH_WITHIN_MS,
  })
})
