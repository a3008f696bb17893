import { randomInt } from "node:crypto"
import type { Admin } from "./admin"
import { eventually } from "./eventually"
import type { StoreSearch } from "./search"
import type { Shop } from "./shop"

const WORD_LENGTH = 14
const LETTERS = "abcdefghijklmnopqrstuvwxyz"

/** A word that no book holds, and that is no slip of a word that one does. */
export function uniqueWord(): string {
  return Array.from({ length: WORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("")
}

export interface ProductInput {
  title?: string
  description?: string
  status?: "published" | "draft"
  /** Default: the storefront's channel. */
  sales_channel_ids?: string[]
  category_ids?: string[]
  tag_ids?: string[]
  collection_id?: string
  type_id?: string
  sku?: string
  /** Of its only variant, in euros. */
  eur?: number
  /** Units in stock; left out, stock isn't counted. */
  stock?: number
}

export interface Product {
  id: string
  title: string
  variant_id: string
  price_id: string
  /** Where its stock is kept, if it is counted. */
  inventory_item_id?: string
}

interface ProductAnswer {
  product: {
    id: string
    title: string
    variants: {
      id: string
      prices: { id: string }[]
      inventory_items?: { inventory_item_id: string }[]
    }[]
  }
}

/** Makes products, categories, tags and channels for a test, and takes them away after it. */
export class Catalogue {
  private readonly products_: string[] = []
  private readonly cleanups_: (() => Promise<unknown>)[] = []

  constructor(
    private readonly shop_: Shop,
    private readonly admin_: Admin,
    private readonly search_: StoreSearch
  ) {}

  /** A product with one variant, of which nobody else's search knows. */
  async createProduct(input: ProductInput = {}): Promise<Product> {
    const channels = input.sales_channel_ids ?? [await this.channelId()]
    const {
      product: { id },
    } = await this.admin_.post<ProductAnswer>("/products", {
      title: input.title ?? uniqueWord(),
      description: input.description,
      status: input.status ?? "published",
      sales_channels: channels.map((channel) => ({ id: channel })),
      categories: input.category_ids?.map((category) => ({ id: category })),
      tags: input.tag_ids?.map((tag) => ({ id: tag })),
      collection_id: input.collection_id,
      type_id: input.type_id,
      options: [{ title: "Format", values: ["Paperback"] }],
      variants: [
        {
          title: "Paperback",
          sku: input.sku,
          options: { Format: "Paperback" },
          manage_inventory: input.stock !== undefined,
          prices: [{ currency_code: "eur", amount: input.eur ?? 10 }],
        },
      ],
    })
    this.products_.push(id)
    this.removeLater(`/products/${id}`)
    const product = await this.readProduct(id)
    if (product.inventory_item_id) {
      const item = product.inventory_item_id
      await this.admin_.post(`/inventory-items/${item}/location-levels`, {
        location_id: await this.locationId(),
        stocked_quantity: input.stock,
      })
    }
    return product
  }

  async createCategory(name: string): Promise<{ id: string }> {
    const { product_category } = await this.admin_.post<{ product_category: { id: string } }>(
      "/product-categories",
      { name, is_active: true }
    )
    this.removeLater(`/product-categories/${product_category.id}`)
    return product_category
  }

  async createTag(value: string): Promise<{ id: string }> {
    const { product_tag } = await this.admin_.post<{ product_tag: { id: string } }>(
      "/product-tags",
      { value }
    )
    this.removeLater(`/product-tags/${product_tag.id}`)
    return product_tag
  }

  async createCollection(title: string): Promise<{ id: string }> {
    const { collection } = await this.admin_.post<{ collection: { id: string } }>("/collections", {
      title,
    })
    this.removeLater(`/collections/${collection.id}`)
    return collection
  }

  async createType(value: string): Promise<{ id: string }> {
    const { product_type } = await this.admin_.post<{ product_type: { id: string } }>(
      "/product-types",
      { value }
    )
    this.removeLater(`/product-types/${product_type.id}`)
    return product_type
  }

  /** A price list with a product's price in euros, active and a sale unless `more` says otherwise. */
  async createPriceList(
    { variant_id }: Product,
    eur: number,
    more: Record<string, unknown> = {}
  ): Promise<{ id: string; prices: { id: string }[] }> {
    const { price_list } = await this.admin_.post<{
      price_list: { id: string; prices: { id: string }[] }
    }>("/price-lists?fields=id,prices.id", {
      title: uniqueWord(),
      description: "A test's",
      type: "sale",
      status: "active",
      prices: [{ variant_id, currency_code: "eur", amount: eur }],
      ...more,
    })
    this.removeLater(`/price-lists/${price_list.id}`)
    return price_list
  }

  /** A publishable key that sells in a channel. */
  async createKey(channelId: string): Promise<string> {
    const { api_key } = await this.admin_.post<{ api_key: { id: string; token: string } }>(
      "/api-keys",
      { title: uniqueWord(), type: "publishable" }
    )
    this.cleanups_.push(async () => {
      await this.admin_.post(`/api-keys/${api_key.id}/revoke`, {})
      await this.admin_.delete(`/api-keys/${api_key.id}`)
    })
    await this.admin_.post(`/api-keys/${api_key.id}/sales-channels`, { add: [channelId] })
    return api_key.token
  }

  /** Takes what a test made by other routes away after it; what it deleted is gone already. */
  removeLater(path: string): void {
    this.cleanups_.push(() => this.admin_.remove(path))
  }

  async createChannel(name: string): Promise<{ id: string }> {
    const { sales_channel } = await this.admin_.post<{ sales_channel: { id: string } }>(
      "/sales-channels",
      { name }
    )
    this.removeLater(`/sales-channels/${sales_channel.id}`)
    return sales_channel
  }

  /** The channel that the storefront's publishable key sells in. */
  async channelId(): Promise<string> {
    const { api_keys } = await this.admin_.get<{
      api_keys: { token: string; sales_channels: { id: string }[] }[]
    }>("/api-keys?type=publishable&fields=token,sales_channels.id&limit=100")
    const key = api_keys.find(({ token }) => token === this.shop_.publishable_key)
    if (!key?.sales_channels[0]) {
      throw new Error("The publishable key of demo.json isn't one of the shop's, or sells nowhere.")
    }
    return key.sales_channels[0].id
  }

  /** The first place where the shop keeps its stock. */
  async locationId(): Promise<string> {
    const { stock_locations } = await this.admin_.get<{ stock_locations: { id: string }[] }>(
      "/stock-locations"
    )
    return stock_locations[0].id
  }

  /** Removes what was made, last first, and waits until no search finds any of it. */
  async clear(): Promise<void> {
    for (const cleanup of this.cleanups_.splice(0).reverse()) {
      await cleanup()
    }
    const ids = this.products_.splice(0)
    if (ids.length) {
      await eventually(
        "the test's products are gone from the search",
        () => this.search_.ids({ filters: { id: ids } }),
        (found) => found.length === 0
      )
    }
  }

  private async readProduct(id: string): Promise<Product> {
    const { product } = await this.admin_.get<ProductAnswer>(
      `/products/${id}?fields=id,title,variants.id,variants.prices.id,variants.inventory_items.inventory_item_id`
    )
    const [variant] = product.variants
    return {
      id,
      title: product.title,
      variant_id: variant.id,
      price_id: variant.prices[0].id,
      inventory_item_id: variant.inventory_items?.[0]?.inventory_item_id,
    }
  }
}
