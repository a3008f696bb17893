import fc from "fast-check"
import { productDocument, productText } from "./product-document"
import type { ProductRow } from "./product-graph"
import type { ProductPrices } from "./product-prices"

const PRICES: ProductPrices = {
  prices: { eur: 5 },
  original_prices: { eur: 8 },
  region_prices: { alps: 6 },
  on_sale: true,
}

const PRODUCT: ProductRow = {
  id: "prod_1",
  handle: "moby-dick",
  title: "Moby-Dick",
  subtitle: "or, The Whale",
  description: "A captain hunts a whale.",
  thumbnail: "/covers/moby-dick.svg",
  status: "published",
  created_at: new Date("2024-01-02T03:04:05.678Z"),
  updated_at: "2024-02-03T04:05:06.789Z",
  collection: { title: "Classics" },
  type: { value: "book" },
  tags: [{ value: "stormy" }, { value: "dark" }],
  categories: [
    { id: "pcat_2", name: "Sea", handle: "sea", is_active: true, is_internal: false },
    { id: "pcat_1", name: "Classics", handle: "classics" },
    { id: "pcat_3", name: "Planned", handle: "planned", is_active: false, is_internal: false },
    { id: "pcat_4", name: "Staff picks", handle: "staff", is_active: true, is_internal: true },
  ],
  sales_channels: [
    { id: "sc_2", is_disabled: false },
    { id: "sc_1" },
    { id: "sc_3", is_disabled: true },
  ],
  variants: [
    {
      id: "v2",
      sku: "MOBY-HC",
      manage_inventory: true,
      inventory_items: [
        { inventory: { location_levels: [{ stocked_quantity: 3, reserved_quantity: 1 }] } },
      ],
    },
    {
      id: "v1",
      sku: "MOBY-EB",
      manage_inventory: false,
    },
  ],
}

describe("productDocument", () => {
  it("holds what a hit shows and what a filter asks, and nothing that is hidden from shoppers", () => {
    expect(productDocument(PRODUCT, PRICES)).toEqual({
      id: "prod_1",
      handle: "moby-dick",
      title: "Moby-Dick",
      subtitle: "or, The Whale",
      description: "A captain hunts a whale.",
      thumbnail: "/covers/moby-dick.svg",
      status: "published",
      sales_channel_ids: ["sc_1", "sc_2"],
      collection: "Classics",
      type: "book",
      tags: ["dark", "stormy"],
      category_ids: ["pcat_1", "pcat_2"],
      category_handles: ["classics", "sea"],
      categories: ["Classics", "Sea"],
      skus: ["MOBY-EB", "MOBY-HC"],
      barcodes: [],
      ...PRICES,
      in_stock: true,
      stock: 2,
      created_at: "2024-01-02T03:04:05.678Z",
      updated_at: "2024-02-03T04:05:06.789Z",
    })
  })

  it("is the same in whatever order the relations were read", () => {
    const shuffled = <T>(values: T[]) => fc.shuffledSubarray(values, { minLength: values.length })
    const order = fc.record({
      tags: shuffled(PRODUCT.tags!),
      categories: shuffled(PRODUCT.categories!),
      sales_channels: shuffled(PRODUCT.sales_channels!),
      variants: shuffled(PRODUCT.variants!),
    })
    const expected = productDocument(PRODUCT, PRICES)
    fc.assert(
      fc.property(order, (relations) => {
        expect(productDocument({ ...PRODUCT, ...relations }, PRICES)).toEqual(expected)
      })
    )
  })

  it("takes a product of which nothing is known but its id", () => {
    for (const product of [
      { id: "p" },
      { id: "p", tags: null, categories: [null], sales_channels: [null], variants: [null] },
    ] as ProductRow[]) {
      expect(productDocument(product, PRICES)).toMatchObject({
        title: null,
        collection: null,
        tags: [],
        category_ids: [],
        sales_channel_ids: [],
        in_stock: false,
        stock: 0,
        created_at: null,
      })
    }
  })

  it("is in stock without a unit where stock isn't counted", () => {
    const document = productDocument({ id: "p", variants: [{ id: "v" }] }, PRICES)
    expect(document).toMatchObject({ in_stock: true, stock: 0 })
  })
})

describe("productText", () => {
  it("says title and subtitle first, then the description", () => {
    expect(productText(PRODUCT)).toBe("Moby-Dick: or, The Whale. A captain hunts a whale.")
  })

  it("leaves no gap for what is missing", () => {
    expect(productText({ id: "p", title: "Emma", subtitle: null, description: " " })).toBe("Emma")
    expect(productText({ id: "p", title: null, description: "A whale." })).toBe("A whale.")
    expect(productText({ id: "p" })).toBe("")
  })
})
