import { PRODUCTS_CHANGED, registeredProductIndexes } from "medusa-plugin-semantic-search"
import "../search/product"
import { changedTags, storefrontEvents } from "./changed-tags"

const indexes = [...registeredProductIndexes().values()]

/** The tags of an event, in a shop that answers each question with these rows. */
function tagsOf(name: string, data: unknown, rows: unknown[] = []) {
  return changedTags({ name, data }, indexes, { graph: async () => ({ data: rows }) } as never)
}

describe("changedTags", () => {
  it.each(["product.created", "product.updated", "product.deleted", PRODUCTS_CHANGED])(
    "are those of the products that %s names, and of addresses without one",
    async (name) => {
      expect((await tagsOf(name, { id: "prod_1" })).sort()).toEqual([
        "missing-products",
        "product:prod_1",
      ])
    }
  )

  it("are a product's where its price or its stock has changed", async () => {
    const price = { id: "price_1", price_set: { variant: { product_id: "prod_1" } } }
    expect(await tagsOf("pricing.price.updated", { id: "price_1" }, [price])).toContain(
      "product:prod_1"
    )
    const level = { id: "lvl_1", inventory_item: { variants: [{ product_id: "prod_2" }] } }
    const name = "inventory.inventory-level.updated"
    expect(await tagsOf(name, { id: "lvl_1" }, [level])).toContain("product:prod_2")
  })

  it("are all products' where a category or an author has another name", async () => {
    expect((await tagsOf("product-category.updated", { id: "pcat_1" })).sort()).toEqual([
      "categories",
      "missing-products",
      "products",
    ])
    expect(await tagsOf("book.author.updated", { id: "auth_1" })).toContain("products")
  })

  it("are the regions' and all prices' where a region has changed", async () => {
    const tags = await tagsOf("region.updated", { id: "reg_1" })
    expect(tags).toEqual(expect.arrayContaining(["regions", "products"]))
  })

  it("come of events that are listened to", () => {
    expect(storefrontEvents(indexes)).toEqual(
      expect.arrayContaining(["region.created", "product.updated", "book.author.updated"])
    )
  })
})
