import type { Admin } from "./helpers/admin"
import { type Catalogue, type Product, uniqueWord } from "./helpers/catalogue"
import { eventually } from "./helpers/eventually"
import { type BookDocument, StoreSearch } from "./helpers/search"
import type { Shop } from "./helpers/shop"
import { test } from "./helpers/test"

/** Who and what a change is made with. */
interface Store {
  shop: Shop
  admin: Admin
  catalogue: Catalogue
  search: StoreSearch
}

/** A document, or undefined where shoppers find none. */
type Seen = BookDocument | undefined

/** What is searched for, before and after a change. */
interface Look {
  what: string
  /** Default: the product's document, as shoppers find it. */
  read?: () => Promise<Seen>
  isRight: (seen: Seen) => boolean
}

/** A change of the store by one route of the admin. */
interface Change {
  /** Its row of the table. */
  name: string
  /**
   * Makes what the change needs.
   *
   * @returns the product whose document is looked at; how it looks before; what makes the change; how it
   * looks after
   */
  make: (store: Store) => Promise<{
    product: Pick<Product, "id">
    before: Look
    change: () => Promise<unknown>
    after: Look
  }>
}

const found: Look = { what: "it is found", isRight: (seen) => seen !== undefined }
const hidden: Look = { what: "it isn't found", isRight: (seen) => seen === undefined }

/** A document that holds what `read` takes from it. */
function holds<T>(what: string, read: (document: BookDocument) => T, value: T): Look {
  return {
    what: `${what} is ${JSON.stringify(value)}`,
    isRight: (seen) => !!seen && JSON.stringify(read(seen)) === JSON.stringify(value),
  }
}

const title = (value: string) => holds("the title", (document) => document.title, value)
const eur = (value: number) => holds("the price", ({ prices }) => prices.eur, value)
const stock = (value: number) => holds("the stock", (document) => document.stock, value)
const skus = (...value: string[]) => holds("the SKUs", (document) => document.skus, value)
const formats = (...value: string[]) => holds("the formats", (document) => document.formats, value)
const categories = (...value: string[]) =>
  holds("the categories", (document) => document.categories, value)
const collection = (value: string | null) =>
  holds("the collection", (document) => document.collection, value)
const tags = (...value: string[]) => holds("the tags", (document) => document.tags, value)
const type = (value: string | null) => holds("the type", (document) => document.type, value)

/** A sale as the document tells it: the price now, and the one before. */
const sale = (now: number, before: number) =>
  holds(
    "price, original price, on sale",
    ({ prices, original_prices, on_sale }) => [prices.eur, original_prices.eur, on_sale],
    [now, before, now < before]
  )

const PRODUCTS: Change[] = [
  {
    name: "product: title",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      const after = uniqueWord()
      return {
        product,
        before: title(product.title),
        change: () => admin.post(`/products/${product.id}`, { title: after }),
        after: title(after),
      }
    },
  },
  {
    name: "product: status → draft",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      const change = () => admin.post(`/products/${product.id}`, { status: "draft" })
      return { product, before: found, change, after: hidden }
    },
  },
  {
    name: "product: batch update (title)",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      const after = uniqueWord()
      return {
        product,
        before: title(product.title),
        change: () => admin.post("/products/batch", { update: [{ id: product.id, title: after }] }),
        after: title(after),
      }
    },
  },
  {
    name: "product: draft → published",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ status: "draft" })
      const change = () => admin.post(`/products/${product.id}`, { status: "published" })
      return { product, before: hidden, change, after: found }
    },
  },
  {
    // The books' document holds no metadata; that the product moved is in it.
    name: "product: metadata only",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      let updatedAt = ""
      return {
        product,
        before: found,
        change: async () => {
          const answer = await admin.post<{ product: { updated_at: string } }>(
            `/products/${product.id}`,
            { metadata: { shelf: uniqueWord() } }
          )
          updatedAt = answer.product.updated_at
        },
        after: { what: "its date has moved", isRight: (seen) => seen?.updated_at === updatedAt },
      }
    },
  },
  {
    name: "product: CSV import (create)",
    async make({ admin, catalogue, search }) {
      const [name, channel] = [uniqueWord(), await catalogue.channelId()]
      const product = { id: "" }
      const read = async () => {
        const { hits } = await search.run({ filters: { handle: name } })
        return hits[0]?.document
      }
      return {
        product,
        before: { ...hidden, read },
        change: async () => {
          const { transaction_id } = await admin.upload<{ transaction_id: string }>(
            "/products/import",
            {
              ...{ field: "file", name: "books.csv", type: "text/csv" },
              content: [
                "Product Handle,Product Title,Product Status,Product Sales Channel 1,Variant Title,Variant Option 1 Name,Variant Option 1 Value,Variant Manage Inventory,Variant Price EUR",
                `${name},${name},published,${channel},Paperback,Format,Paperback,false,7`,
              ].join("\n"),
            }
          )
          await admin.post(`/products/import/${transaction_id}/confirm`, {})
          const { products } = await eventually(
            "the import has made it",
            () => admin.get<{ products: { id: string }[] }>(`/products?handle=${name}`),
            (answer) => answer.products.length === 1
          )
          product.id = products[0].id
          catalogue.removeLater(`/products/${product.id}`)
        },
        after: { ...eur(7), read },
      }
    },
  },
  {
    name: "product: delete",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      return {
        product,
        before: found,
        change: () => admin.delete(`/products/${product.id}`),
        after: hidden,
      }
    },
  },
  {
    name: "product: batch delete",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      return {
        product,
        before: found,
        change: () => admin.post("/products/batch", { delete: [product.id] }),
        after: hidden,
      }
    },
  },
]

const VARIANTS: Change[] = [
  {
    name: "variant: price (variant route)",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const { id, variant_id, price_id } = product
      return {
        product,
        before: eur(10),
        change: () =>
          admin.post(`/products/${id}/variants/${variant_id}`, {
            prices: [{ id: price_id, currency_code: "eur", amount: 12.5 }],
          }),
        after: eur(12.5),
      }
    },
  },
  {
    name: "variant: price (product route, variants[].prices)",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      return {
        product,
        before: eur(10),
        change: () =>
          admin.post(`/products/${product.id}`, {
            variants: [
              { id: product.variant_id, prices: [{ currency_code: "eur", amount: 12.5 }] },
            ],
          }),
        after: eur(12.5),
      }
    },
  },
  {
    name: "variant: price (variants/batch)",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      return {
        product,
        before: eur(10),
        change: () =>
          admin.post(`/products/${product.id}/variants/batch`, {
            update: [{ id: product.variant_id, prices: [{ currency_code: "eur", amount: 12.5 }] }],
          }),
        after: eur(12.5),
      }
    },
  },
  {
    name: "variant: title + sku",
    async make({ admin, catalogue }) {
      const [before, after] = [uniqueWord(), uniqueWord()]
      const product = await catalogue.createProduct({ sku: before })
      return {
        product,
        before: skus(before),
        change: () =>
          admin.post(`/products/${product.id}/variants/${product.variant_id}`, {
            title: "Pocket book",
            sku: after,
          }),
        after: skus(after),
      }
    },
  },
  {
    name: "variant: create",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      return {
        product,
        before: eur(10),
        change: () => addVariant(admin, product, { eur: 4 }),
        after: eur(4),
      }
    },
  },
  {
    name: "variant: delete",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const cheaper = await addVariant(admin, product, { eur: 4 })
      return {
        product,
        before: eur(4),
        change: () => admin.delete(`/products/${product.id}/variants/${cheaper}`),
        after: eur(10),
      }
    },
  },
  {
    name: "option: rename",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      const option = await optionOf(admin, product)
      return {
        product,
        before: formats("Paperback"),
        change: () => admin.post(`/product-options/${option.id}`, { title: "Binding" }),
        // A book's formats are the values of its option "Format".
        after: formats(),
      }
    },
  },
  {
    name: "option value: rename",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      const { id, values } = await optionOf(admin, product)
      return {
        product,
        before: formats("Paperback"),
        change: () =>
          admin.post(`/product-options/${id}/values/${values[0].id}`, { value: "Pocket book" }),
        after: formats("Pocket book"),
      }
    },
  },
]

const STOCK: Change[] = [
  ...(
    [
      [
        "inventory level: stocked_quantity",
        (item, location_id, stocked_quantity) => [
          `/inventory-items/${item}/location-levels/${location_id}`,
          { stocked_quantity },
        ],
      ],
      [
        "inventory level: item batch",
        (item, location_id, stocked_quantity) => [
          `/inventory-items/${item}/location-levels/batch`,
          { update: [{ location_id, stocked_quantity }] },
        ],
      ],
      [
        "inventory levels: global batch route",
        (inventory_item_id, location_id, stocked_quantity) => [
          "/inventory-items/location-levels/batch",
          { update: [{ inventory_item_id, location_id, stocked_quantity }] },
        ],
      ],
    ] as [string, (item: string, location: string, units: number) => [string, unknown]][]
  ).map(([name, request]): Change => ({
    name,
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ stock: 3 })
      return {
        product,
        before: stock(3),
        change: async () =>
          admin.post(...request(product.inventory_item_id!, await catalogue.locationId(), 8)),
        after: stock(8),
      }
    },
  })),
  {
    name: "variant: manage_inventory → false",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ stock: 0 })
      const inStock = (value: boolean) => holds("in stock", ({ in_stock }) => in_stock, value)
      return {
        product,
        before: inStock(false),
        change: () =>
          admin.post(`/products/${product.id}/variants/${product.variant_id}`, {
            manage_inventory: false,
          }),
        after: inStock(true),
      }
    },
  },
  {
    name: "reservation: create",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ stock: 5 })
      return {
        product,
        before: stock(5),
        change: () => reserve(admin, catalogue, product, 2),
        after: stock(3),
      }
    },
  },
  {
    name: "reservation: delete",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ stock: 5 })
      const reservation = await reserve(admin, catalogue, product, 2)
      return {
        product,
        before: stock(3),
        change: () => admin.delete(`/reservations/${reservation}`),
        after: stock(5),
      }
    },
  },
]

const PRICE_LISTS: Change[] = [
  {
    name: "price list: create (sale, active)",
    async make({ catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      return {
        product,
        before: sale(10, 10),
        change: () => catalogue.createPriceList(product, 6),
        after: sale(6, 10),
      }
    },
  },
  {
    name: "price list active, then product subtitle updated",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      await catalogue.createPriceList(product, 6)
      const subtitle = uniqueWord()
      return {
        product,
        before: sale(6, 10),
        change: () => admin.post(`/products/${product.id}`, { subtitle }),
        after: holds(
          "subtitle and sale price",
          (document) => [(document as { subtitle?: string }).subtitle, document.prices.eur],
          [subtitle, 6] as [string | undefined, number | undefined]
        ),
      }
    },
  },
  {
    name: "price list: prices batch update",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const list = await catalogue.createPriceList(product, 6)
      const { variant_id } = product
      return {
        product,
        before: sale(6, 10),
        change: () =>
          admin.post(`/price-lists/${list.id}/prices/batch`, {
            update: [{ id: list.prices[0].id, variant_id, currency_code: "eur", amount: 5 }],
          }),
        after: sale(5, 10),
      }
    },
  },
  {
    name: "price list: delete",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const list = await catalogue.createPriceList(product, 6)
      return {
        product,
        before: sale(6, 10),
        change: () => admin.delete(`/price-lists/${list.id}`),
        after: sale(10, 10),
      }
    },
  },
  {
    name: "price list: draft → active",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const list = await catalogue.createPriceList(product, 6, { status: "draft" })
      return {
        product,
        before: sale(10, 10),
        change: () => admin.post(`/price-lists/${list.id}`, { status: "active" }),
        after: sale(6, 10),
      }
    },
  },
  {
    name: "price list: reserved for a group of customers",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const list = await catalogue.createPriceList(product, 6)
      return {
        product,
        before: sale(6, 10),
        change: () =>
          admin.post(`/price-lists/${list.id}`, {
            rules: { "customer.groups.id": ["cusgroup_1"] },
          }),
        after: sale(10, 10),
      }
    },
  },
  {
    name: "price list: an override, dearer than the base price",
    async make({ catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      return {
        product,
        before: sale(10, 10),
        change: () => catalogue.createPriceList(product, 11, { type: "override" }),
        after: sale(11, 11),
      }
    },
  },
  {
    name: "price list: a price is taken out",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const list = await catalogue.createPriceList(product, 6)
      return {
        product,
        before: sale(6, 10),
        change: () =>
          admin.post(`/price-lists/${list.id}/prices/batch`, { delete: [list.prices[0].id] }),
        after: sale(10, 10),
      }
    },
  },
  {
    name: "variant: a price for one region",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ eur: 10 })
      const { regions } = await admin.get<{ regions: { id: string; name: string }[] }>("/regions")
      const europe = regions.find(({ name }) => name === "Europe")!
      const prices = (everywhere: number, inEurope: number) =>
        holds(
          "the price everywhere and in Europe",
          (document) => [document.prices.eur, document.region_prices.europe],
          [everywhere, inEurope] as (number | undefined)[]
        )
      return {
        product,
        before: prices(10, 10),
        change: () =>
          admin.post(`/products/${product.id}/variants/${product.variant_id}`, {
            prices: [
              { id: product.price_id, currency_code: "eur", amount: 10 },
              { currency_code: "eur", amount: 9, rules: { region_id: europe.id } },
            ],
          }),
        after: prices(10, 9),
      }
    },
  },
]

const CHANNELS: Change[] = [
  {
    name: "sales channel: remove product (channel route)",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      const channel = await catalogue.channelId()
      return {
        product,
        before: found,
        change: () => admin.post(`/sales-channels/${channel}/products`, { remove: [product.id] }),
        after: hidden,
      }
    },
  },
  {
    name: "sales channel: add product (channel route)",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct({ sales_channel_ids: [] })
      const channel = await catalogue.channelId()
      return {
        product,
        before: hidden,
        change: () => admin.post(`/sales-channels/${channel}/products`, { add: [product.id] }),
        after: found,
      }
    },
  },
  {
    name: "sales channel: product route (sales_channels: [])",
    async make({ admin, catalogue }) {
      const product = await catalogue.createProduct()
      return {
        product,
        before: found,
        change: () => admin.post(`/products/${product.id}`, { sales_channels: [] }),
        after: hidden,
      }
    },
  },
  {
    name: "sales channel: disable",
    async make(store) {
      const { channel, product, read } = await soldElsewhere(store)
      return {
        product,
        before: { ...found, read },
        change: () => store.admin.post(`/sales-channels/${channel}`, { is_disabled: true }),
        after: { ...hidden, read },
      }
    },
  },
  {
    name: "sales channel: enable",
    async make(store) {
      const { channel, product, read } = await soldElsewhere(store)
      await store.admin.post(`/sales-channels/${channel}`, { is_disabled: true })
      return {
        product,
        before: { ...hidden, read },
        change: () => store.admin.post(`/sales-channels/${channel}`, { is_disabled: false }),
        after: { ...found, read },
      }
    },
  },
]

/** Makes a product in a category of its own. */
async function shelved({ catalogue }: Store) {
  const shelf = `Shelf ${uniqueWord()}`
  const category = await catalogue.createCategory(shelf)
  const product = await catalogue.createProduct({ category_ids: [category.id] })
  return { shelf, product, path: `/product-categories/${category.id}` }
}

const CATEGORIES: Change[] = [
  {
    name: "category: rename",
    async make(store) {
      const { shelf, product, path } = await shelved(store)
      const name = `Shelf ${uniqueWord()}`
      return {
        product,
        before: categories(shelf),
        change: () => store.admin.post(path, { name }),
        after: categories(name),
      }
    },
  },
  ...(
    [
      ["category: deactivate", { is_active: false }],
      ["category: made internal", { is_internal: true }],
    ] as const
  ).map(([name, change]): Change => ({
    name,
    async make(store) {
      const { shelf, product, path } = await shelved(store)
      return {
        product,
        before: categories(shelf),
        change: () => store.admin.post(path, change),
        after: categories(),
      }
    },
  })),
  {
    name: "category: remove product (category route)",
    async make(store) {
      const { shelf, product, path } = await shelved(store)
      return {
        product,
        before: categories(shelf),
        change: () => store.admin.post(`${path}/products`, { remove: [product.id] }),
        after: categories(),
      }
    },
  },
  {
    name: "category: add product (category route)",
    async make({ admin, catalogue }) {
      const shelf = `Shelf ${uniqueWord()}`
      const category = await catalogue.createCategory(shelf)
      const product = await catalogue.createProduct()
      return {
        product,
        before: categories(),
        change: () =>
          admin.post(`/product-categories/${category.id}/products`, { add: [product.id] }),
        after: categories(shelf),
      }
    },
  },
  {
    name: "category: product route (categories: [])",
    async make(store) {
      const { shelf, product } = await shelved(store)
      return {
        product,
        before: categories(shelf),
        change: () => store.admin.post(`/products/${product.id}`, { categories: [] }),
        after: categories(),
      }
    },
  },
  {
    name: "category: delete",
    async make(store) {
      const { shelf, product, path } = await shelved(store)
      return {
        product,
        before: categories(shelf),
        change: () => store.admin.delete(path),
        after: categories(),
      }
    },
  },
]

const GROUPS: Change[] = [
  {
    name: "collection: rename",
    async make({ admin, catalogue }) {
      const [before, after] = [uniqueWord(), uniqueWord()]
      const { id } = await catalogue.createCollection(before)
      const product = await catalogue.createProduct({ collection_id: id })
      return {
        product,
        before: collection(before),
        change: () => admin.post(`/collections/${id}`, { title: after }),
        after: collection(after),
      }
    },
  },
  {
    name: "collection: add product (collection route)",
    async make({ admin, catalogue }) {
      const name = uniqueWord()
      const { id } = await catalogue.createCollection(name)
      const product = await catalogue.createProduct()
      return {
        product,
        before: collection(null),
        change: () => admin.post(`/collections/${id}/products`, { add: [product.id] }),
        after: collection(name),
      }
    },
  },
  {
    name: "collection: remove product (collection route)",
    async make({ admin, catalogue }) {
      const name = uniqueWord()
      const { id } = await catalogue.createCollection(name)
      const product = await catalogue.createProduct({ collection_id: id })
      return {
        product,
        before: collection(name),
        change: () => admin.post(`/collections/${id}/products`, { remove: [product.id] }),
        after: collection(null),
      }
    },
  },
  {
    name: "collection: delete",
    async make({ admin, catalogue }) {
      const name = uniqueWord()
      const { id } = await catalogue.createCollection(name)
      const product = await catalogue.createProduct({ collection_id: id })
      return {
        product,
        before: collection(name),
        change: () => admin.delete(`/collections/${id}`),
        after: collection(null),
      }
    },
  },
  {
    name: "tag: rename",
    async make({ admin, catalogue }) {
      const [before, after] = [uniqueWord(), uniqueWord()]
      const { id } = await catalogue.createTag(before)
      const product = await catalogue.createProduct({ tag_ids: [id] })
      return {
        product,
        before: tags(before),
        change: () => admin.post(`/product-tags/${id}`, { value: after }),
        after: tags(after),
      }
    },
  },
  {
    name: "tag: delete",
    async make({ admin, catalogue }) {
      const name = uniqueWord()
      const { id } = await catalogue.createTag(name)
      const product = await catalogue.createProduct({ tag_ids: [id] })
      return {
        product,
        before: tags(name),
        change: () => admin.delete(`/product-tags/${id}`),
        after: tags(),
      }
    },
  },
  {
    name: "type: rename",
    async make({ admin, catalogue }) {
      const [before, after] = [uniqueWord(), uniqueWord()]
      const { id } = await catalogue.createType(before)
      const product = await catalogue.createProduct({ type_id: id })
      return {
        product,
        before: type(before),
        change: () => admin.post(`/product-types/${id}`, { value: after }),
        after: type(after),
      }
    },
  },
  {
    name: "type: delete",
    async make({ admin, catalogue }) {
      const name = uniqueWord()
      const { id } = await catalogue.createType(name)
      const product = await catalogue.createProduct({ type_id: id })
      return {
        product,
        before: type(name),
        change: () => admin.delete(`/product-types/${id}`),
        after: type(null),
      }
    },
  },
]

for (const { name, make } of [
  ...PRODUCTS,
  ...VARIANTS,
  ...STOCK,
  ...PRICE_LISTS,
  ...CHANNELS,
  ...CATEGORIES,
  ...GROUPS,
]) {
  test(name, async ({ shop, admin, catalogue, search }) => {
    const { product, before, change, after } = await make({ shop, admin, catalogue, search })
    const look = ({ what, read = () => search.document(product.id), isRight }: Look) =>
      eventually(what, read, isRight)
    await look(before)
    await change()
    await look(after)
  })
}

async function addVariant(admin: Admin, { id }: Product, price: { eur: number }): Promise<string> {
  const { values, ...option } = await optionOf(admin, { id })
  await admin.post(`/products/${id}/options/batch`, {
    update: [{ product_option_id: option.id, add: [{ value: `Format ${values.length + 1}` }] }],
  })
  const { product } = await admin.post<{ product: { variants: { id: string; title: string }[] } }>(
    `/products/${id}/variants`,
    {
      title: "Cheaper",
      options: { Format: `Format ${values.length + 1}` },
      manage_inventory: false,
      prices: [{ currency_code: "eur", amount: price.eur }],
    }
  )
  return product.variants.find((variant) => variant.title === "Cheaper")!.id
}

async function optionOf(
  admin: Admin,
  { id }: Pick<Product, "id">
): Promise<{ id: string; values: { id: string }[] }> {
  const { product } = await admin.get<{
    product: { options: { id: string; values: { id: string }[] }[] }
  }>(`/products/${id}?fields=options.id,options.values.id`)
  return product.options[0]
}

async function reserve(
  admin: Admin,
  catalogue: Catalogue,
  { inventory_item_id }: Product,
  quantity: number
): Promise<string> {
  const location_id = await catalogue.locationId()
  const { reservation } = await admin.post<{ reservation: { id: string } }>("/reservations", {
    inventory_item_id,
    location_id,
    quantity,
  })
  catalogue.removeLater(`/reservations/${reservation.id}`)
  return reservation.id
}

/** Makes a product that is sold in a channel of its own, and looks at it with that channel's key. */
async function soldElsewhere({ shop, catalogue }: Store) {
  const { id: channel } = await catalogue.createChannel(`Fair ${uniqueWord()}`)
  const key = await catalogue.createKey(channel)
  const product = await catalogue.createProduct({ sales_channel_ids: [channel] })
  const search = new StoreSearch({ ...shop, publishable_key: key })
  return { channel, product, read: () => search.document(product.id) }
}
