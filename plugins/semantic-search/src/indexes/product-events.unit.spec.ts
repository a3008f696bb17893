import { eventIds, PRICE_LISTS_CHANGED, ProductEvents, PRODUCTS_CHANGED } from "./product-events"

const events = new ProductEvents()

/** A `query.graph` that answers rows, a page of them at a time, and notes what it was asked. */
function graph(rows: object[]) {
  const asked: { entity: string; filters: object; pagination: { take: number } }[] = []
  const query = {
    graph: async (input: (typeof asked)[number]) => {
      asked.push(input)
      return { data: rows.splice(0, input.pagination.take) }
    },
  }
  return { asked, query: query as never }
}

async function touched(name: string, ids: string[], rows: object[], of = events) {
  const { asked, query } = graph(rows)
  const pages: string[][] = []
  for await (const page of of.productIds(name, ids, query)) {
    pages.push(page)
  }
  return { asked, pages }
}

describe("ProductEvents.names", () => {
  // What an admin does, and the event that a run of Medusa was seen to emit for it.
  it.each([
    ["a variant's price, by the variant's route", "pricing.price.updated"],
    ["a variant's price, by the product's route", "pricing.price.created"],
    ["a price list that is activated", PRICE_LISTS_CHANGED],
    ["a new variant", "product-variant.created"],
    ["a deleted variant", "product-variant.deleted"],
    ["a stock level, or a reservation", "inventory.inventory-level.updated"],
    ["a product in a channel", "LinkProductSalesChannel.attached"],
    ["a product out of a channel", "LinkProductSalesChannel.detached"],
    ["a disabled channel", "sales-channel.updated"],
    ["a renamed category", "product-category.updated"],
    ["a deleted category", "product-category.deleted"],
    ["a renamed collection", "product-collection.updated"],
    ["a product put into a collection", "product.product.updated"],
    ["a renamed tag", "product-tag.updated"],
    ["a renamed type", "product-type.updated"],
    ["a renamed option", "product-option.updated"],
    ["a renamed option value", "product-option-value.updated"],
    ["a new product", "product.created"],
    ["an edited product", "product.updated"],
    ["a deleted product", "product.deleted"],
    ["a category's own route", PRODUCTS_CHANGED],
  ])("hold that of %s", (_, event) => {
    expect(events.names).toContain(event)
  })

  it("name none twice, which would be handled twice", () => {
    expect(new Set(events.names).size).toBe(events.names.length)
  })

  it("hold those of regions only where prices are kept by region", () => {
    expect(events.names).not.toContain("region.updated")
    expect(new ProductEvents({ regions: true }).names).toContain("region.updated")
  })
})

describe("ProductEvents of an index with locales", () => {
  const translated = new ProductEvents({ locales: ["de-DE"] })
  const names = ["created", "updated", "deleted"].map((change) => `translation.${change}`)

  it("hold those of translations, which may be a category's", () => {
    expect(translated.names).toEqual(expect.arrayContaining(names))
    for (const name of names) {
      expect(translated.isWide({ name, data: { id: "x" } }, 3)).toBe(true)
    }
  })

  it("are the only ones that do", () => {
    expect(events.names).not.toEqual(expect.arrayContaining(names))
    expect(events.isWide({ name: names[0], data: { id: "x" } }, 3)).toBe(false)
  })
})

describe("ProductEvents.isDeletion", () => {
  it("is true of products only: a variant's deletion changes its product", () => {
    expect(events.isDeletion({ name: "product.deleted" })).toBe(true)
    expect(events.isDeletion({ name: "product-variant.deleted" })).toBe(false)
    expect(events.isDeletion({ name: "pricing.price.deleted" })).toBe(false)
  })
})

describe("ProductEvents.isWide", () => {
  it.each([
    ["product-category.updated", { id: "x" }, true],
    ["sales-channel.updated", { id: "x" }, true],
    [PRICE_LISTS_CHANGED, { id: "x" }, true],
    ["product-variant.updated", { id: "x" }, false],
    ["product.updated", { id: "x" }, false],
    ["LinkProductSalesChannel.attached", { id: ["a", "b", "c"] }, false],
    ["LinkProductSalesChannel.attached", { id: ["a", "b", "c", "d"] }, true],
    ["order.placed", { id: "x" }, false],
  ])("%s with %j: %s", (name, data, wide) => {
    expect(events.isWide({ name, data }, 3)).toBe(wide)
  })
})

describe("ProductEvents.productIds", () => {
  it("are a product event's own, without a query", async () => {
    const { asked, pages } = await touched("product.updated", ["p2", "p1", "p2"], [])
    expect(pages).toEqual([["p1", "p2"]])
    expect(asked).toEqual([])
  })

  it.each([
    ["product-variant.updated", "product_variant", { product_id: "p1" }],
    ["pricing.price.created", "price", { price_set: { variant: { product_id: "p1" } } }],
    [
      "inventory.inventory-level.updated",
      "inventory_level",
      { inventory_item: { variants: [{ product_id: "p1" }, null] } },
    ],
    ["LinkProductSalesChannel.detached", "product_sales_channel", { product_id: "p1" }],
    [
      "LinkProductVariantPriceSet.attached",
      "product_variant_price_set",
      { variant: { product_id: "p1" } },
    ],
    [
      "LinkProductVariantInventoryItem.detached",
      "product_variant_inventory_item",
      { variant: { product_id: "p1" } },
    ],
  ])("of %s are found by its ids, deleted rows included", async (name, entity, row) => {
    const { asked, pages } = await touched(name, ["x"], [row])
    expect(pages).toEqual([["p1"]])
    expect(asked).toEqual([
      expect.objectContaining({ entity, filters: { id: ["x"] }, withDeleted: true }),
    ])
  })

  it.each([
    ["product-category.updated", { categories: { id: ["x"] } }],
    ["product-tag.deleted", { tags: { id: ["x"] } }],
    ["product-collection.deleted", { collection_id: ["x"] }],
    ["product-type.updated", { type_id: ["x"] }],
    ["product-option.updated", { options: { id: ["x"] } }],
    ["product-option-value.updated", { options: { values: { id: ["x"] } } }],
  ])("of %s are found a page at a time", async (name, filters) => {
    const rows = Array.from({ length: 501 }, (_, i) => ({ id: `p${String(i).padStart(3, "0")}` }))
    const { asked, pages } = await touched(name, ["x"], rows)
    expect(pages.map((page) => page.length)).toEqual([500, 1])
    expect(asked.map((input) => input.filters)).toEqual([
      filters,
      { $and: [filters, { id: { $gt: "p499" } }] },
    ])
  })

  it("name each product once a page, and none where the path is cut", async () => {
    const price = (product_id?: string) => ({ price_set: { variant: { product_id } } })
    const rows = [price("p2"), price("p1"), price("p2"), price(), { price_set: null }, {}]
    expect((await touched("pricing.price.deleted", ["x"], rows)).pages).toEqual([["p1", "p2"]])
  })

  it("take cut paths of every kind of event", async () => {
    for (const name of events.names) {
      const cut = { products: null, inventory_item: null, variant: null }
      const { pages } = await touched(name, ["x"], [{}, cut])
      expect(pages.flat().filter((id) => id !== "x")).toEqual([])
    }
  })

  it("follow a store's own events beside Medusa's", async () => {
    const own = new ProductEvents({
      sources: [
        {
          events: ["book.author.updated", "product-tag.updated"],
          entity: "book",
          filters: (ids) => ({ authors: { id: ids } }),
          fields: ["product.id"],
          productIds: ({ product }) => product?.id,
        },
      ],
    })
    const rows = [{ product: { id: "p1" } }, { product: null }]
    const { asked, pages } = await touched("book.author.updated", ["a"], rows, own)
    expect(pages).toEqual([["p1"]])
    expect(asked[0]).toMatchObject({ entity: "book", filters: { authors: { id: ["a"] } } })
    expect((await touched("product-tag.updated", ["t"], [{ id: "p" }], own)).asked).toHaveLength(2)
  })

  it("of a translation are those of what is translated, in the index's locales", async () => {
    const translated = new ProductEvents({ locales: ["de-DE", "fr-FR"] })
    const rows = [
      { reference: "product", reference_id: "p9" },
      { reference: "product", reference_id: "p8" },
      { reference: "product_category", reference_id: "c1" },
      { reference: "shipping_option", reference_id: "so1" },
    ]
    const asked: { entity: string; filters: object }[] = []
    const answers: Record<string, object[]> = { translation: rows, product: [{ id: "p1" }] }
    const query = {
      graph: async (input: (typeof asked)[number]) => {
        asked.push(input)
        return { data: answers[input.entity] }
      },
    }
    const pages: string[][] = []
    const touchedBy = translated.productIds("translation.deleted", ["t1", "t2"], query as never)
    for await (const page of touchedBy) {
      pages.push(page)
    }
    expect(pages).toEqual([["p8", "p9"], ["p1"]])
    expect(asked).toEqual([
      expect.objectContaining({
        entity: "translation",
        filters: { id: ["t1", "t2"], locale_code: ["de-DE", "fr-FR"] },
        withDeleted: true,
      }),
      expect.objectContaining({ entity: "product", filters: { categories: { id: ["c1"] } } }),
    ])
  })

  it("are none for an event that isn't followed", async () => {
    expect((await touched("order.placed", ["x"], [])).pages).toEqual([])
  })
})

describe("eventIds", () => {
  it.each([
    [{ id: "p1" }, ["p1"]],
    [{ id: ["p1", "p2"] }, ["p1", "p2"]],
    [
      [{ id: "p1" }, { id: "p2" }],
      ["p1", "p2"],
    ],
    [[{ id: ["p1"] }, null, {}], ["p1"]],
    [{ id: 5 }, []],
    [null, []],
    [undefined, []],
    ["p1", []],
  ])("reads %j", (data, ids) => {
    expect(eventIds(data)).toEqual(ids)
  })
})
