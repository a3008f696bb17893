import { changedProductIds, isProductDeletion, PRODUCT_INDEX_EVENTS } from "./product-events"

/** A `query.graph` that answers rows and notes what it was asked. */
function graph(rows: unknown[]) {
  const asked: unknown[] = []
  const query = {
    graph: async (input: unknown) => {
      asked.push(input)
      return { data: rows }
    },
  }
  return { asked, query: query as never }
}

describe("PRODUCT_INDEX_EVENTS", () => {
  // What an admin does, and the event that a run of Medusa was seen to emit for it.
  it.each([
    ["a variant's price, by the variant's route", "pricing.price.updated"],
    ["a variant's price, by the product's route", "pricing.price.created"],
    ["a new variant", "product-variant.created"],
    ["a deleted variant", "product-variant.deleted"],
    ["a stock level, or a reservation", "inventory.inventory-level.updated"],
    ["a product in a channel", "LinkProductSalesChannel.attached"],
    ["a product out of a channel", "LinkProductSalesChannel.detached"],
    ["a renamed category", "product-category.updated"],
    ["a deleted category", "product-category.deleted"],
    ["a renamed collection", "product-collection.updated"],
    ["a product put into a collection", "product.product.updated"],
    ["a renamed tag", "product-tag.updated"],
    ["a renamed type", "product-type.updated"],
    ["a new product", "product.created"],
    ["an edited product", "product.updated"],
    ["a deleted product", "product.deleted"],
  ])("hold that of %s", (_, event) => {
    expect(PRODUCT_INDEX_EVENTS).toContain(event)
  })

  it("name none twice, which would be handled twice", () => {
    expect(new Set(PRODUCT_INDEX_EVENTS).size).toBe(PRODUCT_INDEX_EVENTS.length)
  })
})

describe("isProductDeletion", () => {
  it("is true of products only: a variant's deletion changes its product", () => {
    expect(isProductDeletion({ name: "product.deleted" })).toBe(true)
    expect(isProductDeletion({ name: "product-variant.deleted" })).toBe(false)
    expect(isProductDeletion({ name: "pricing.price.deleted" })).toBe(false)
  })
})

describe("changedProductIds", () => {
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
  ])("reads the ids of a product event's data %j, without a query", async (data, ids) => {
    const { asked, query } = graph([])
    expect(await changedProductIds({ name: "product.updated", data }, query)).toEqual(ids)
    expect(asked).toEqual([])
  })

  it.each([
    ["product-variant.updated", "product_variant", [{ product_id: "p1" }]],
    ["pricing.price.created", "price", [{ price_set: { variant: { product_id: "p1" } } }]],
    [
      "inventory.inventory-level.updated",
      "inventory_level",
      [{ inventory_item: { variants: [{ product_id: "p1" }, null] } }],
    ],
    ["LinkProductSalesChannel.detached", "product_sales_channel", [{ product_id: "p1" }]],
    [
      "LinkProductVariantPriceSet.attached",
      "product_variant_price_set",
      [{ variant: { product_id: "p1" } }],
    ],
    [
      "LinkProductVariantInventoryItem.detached",
      "product_variant_inventory_item",
      [{ variant: { product_id: "p1" } }],
    ],
    ["product-category.updated", "product_category", [{ products: [{ id: "p1" }, null] }]],
    ["product-collection.deleted", "product_collection", [{ products: [{ id: "p1" }] }]],
    ["product-tag.updated", "product_tag", [{ products: [{ id: "p1" }] }]],
    ["product-type.updated", "product_type", [{ products: [{ id: "p1" }] }]],
  ])("finds the products behind %s, deleted rows included", async (name, entity, rows) => {
    const { asked, query } = graph(rows)
    expect(await changedProductIds({ name, data: { id: ["x"] } }, query)).toEqual(["p1"])
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ entity, filters: { id: ["x"] }, withDeleted: true })
  })

  it("names each product once, and none where the path is cut", async () => {
    const { query } = graph([
      { price_set: { variant: { product_id: "p2" } } },
      { price_set: { variant: { product_id: "p1" } } },
      { price_set: { variant: { product_id: "p2" } } },
      { price_set: null },
      { price_set: { variant: null } },
    ])
    const event = { name: "pricing.price.deleted", data: { id: "x" } }
    expect(await changedProductIds(event, query)).toEqual(["p1", "p2"])
  })

  it("takes cut paths of every kind of event", async () => {
    for (const name of PRODUCT_INDEX_EVENTS) {
      const { query } = graph([{}, { products: null, inventory_item: null, variant: null }])
      const ids = await changedProductIds({ name, data: { id: "x" } }, query)
      expect(ids.filter((id) => id !== "x")).toEqual([])
    }
  })
})
