import fc from "fast-check"
import { productDocument, productText } from "./product-document"
import type { ProductRow } from "./product-graph"

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
    { id: "pcat_2", name: "Sea", handle: "sea" },
    { id: "pcat_1", name: "Classics", handle: "classics" },
  ],
  sales_channels: [{ id: "sc_2" }, { id: "sc_1" }],
  variants: [
    {
      id: "v2",
      sku: "MOBY-HC",
      manage_inventory: true,
      prices: [{ amount: 20, currency_code: "eur" }],
      inventory_items: [
        { inventory: { location_levels: [{ stocked_quantity: 3, reserved_quantity: 1 }] } },
      ],
    },
    {
      id: "v1",
      sku: "MOBY-EB",
      manage_inventory: false,
      prices: [{ amount: 5, currency_code: "eur" }],
    },
  ],
}

describe("productDocument", () => {
  it("holds what a hit shows and what a filter asks", () => {
    expect(productDocument(PRODUCT, ["eur", "usd"])).toEqual({
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
      prices: { eur: 5 },
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
    const expected = productDocument(PRODUCT, ["eur"])
    fc.assert(
      fc.property(order, (relations) => {
        expect(productDocument({ ...PRODUCT, ...relations }, ["eur"])).toEqual(expected)
      })
    )
  })

  it("takes a product of which nothing is known but its id", () => {
    for (const product of [
      { id: "p" },
      { id: "p", tags: null, categories: [null], sales_channels: [null], variants: [null] },
    ] as ProductRow[]) {
      expect(productDocument(product, ["eur"])).toMatchObject({
        title: null,
        collection: null,
        tags: [],
        category_ids: [],
        sales_channel_ids: [],
        prices: {},
        in_stock: false,
        stock: 0,
        created_at: null,
      })
    }
  })

  it("is in stock without a unit where stock isn't counted", () => {
    const document = productDocument({ id: "p", variants: [{ id: "v" }] }, [])
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
