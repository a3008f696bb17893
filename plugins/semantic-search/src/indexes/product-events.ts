import type { Event, RemoteQueryFunction } from "@medusajs/framework/types"

type Query = Pick<RemoteQueryFunction, "graph">

/** A row of `query.graph`, which types none for entities that are named at run time. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type GraphRow = any

/** One kind of event: how it leads to the products whose documents it changes. */
export interface ProductEventSource {
  /** Names of events, as the event bus has them: `["book.author.updated"]`. */
  events: string[]
  /** An entity of `query.graph` whose rows lead to products. It has an `id`. */
  entity: string
  /**
   * Which of its rows, by the ids that the event carries.
   *
   * @defaultValue the rows with these ids
   */
  filters?: (ids: string[]) => Record<string, unknown>
  /** What to read of a row, as paths of `query.graph`: `["books.product.id"]`. */
  fields: string[]
  /** The ids of a row's products; what isn't a string is passed over. */
  productIds: (row: GraphRow) => unknown
  /**
   * Whether one event may touch a large part of the catalogue, as a category's name does. Its products
   * are then queued, and read a page at a time beside other events rather than before them.
   *
   * @defaultValue false
   */
  wide?: boolean
}

/**
 * Says that products have changed in a way that Medusa has no event for; `data.id` is a product's id, or
 * a list of them. A store may emit it for facts of its own.
 */
export const PRODUCTS_CHANGED = "semantic-search.products-changed"

/**
 * Says that price lists have other dates, another status or other rules, or have started or ended by
 * their dates; `data.id` is a list's id, or a list of them. Medusa has no event for any of this.
 */
export const PRICE_LISTS_CHANGED = "semantic-search.price-lists-changed"

const variantsOf = (row: GraphRow) =>
  (row.variants ?? []).map((variant: GraphRow) => variant?.product_id)

/** Names of the three events that a data model's rows give rise to. */
const lifecycle = (name: string) => [`${name}.created`, `${name}.updated`, `${name}.deleted`]

/** A source whose events touch the products that `filters` selects. */
function manyProducts(
  events: string[],
  filters: (ids: string[]) => Record<string, unknown>
): ProductEventSource {
  return {
    events,
    entity: "product",
    filters,
    fields: ["id"],
    productIds: ({ id }) => id,
    wide: true,
  }
}

/**
 * Which events touch a product's document. A product's own events are few of them: a price, a stock
 * level, a category's name or a sales channel changes without `product.updated`. Some are emitted by
 * modules rather than workflows, since that is the only event of their change. Taking a product out of
 * a category by the category's own route emits nothing at all; `api/admin/silent-changes` stands in.
 */
const SOURCES: ProductEventSource[] = [
  {
    events: lifecycle("product-variant"),
    entity: "product_variant",
    fields: ["product_id"],
    productIds: (row) => row.product_id,
  },
  {
    events: lifecycle("pricing.price"),
    entity: "price",
    fields: ["price_set.variant.product_id"],
    productIds: (row) => row.price_set?.variant?.product_id,
  },
  {
    // The prices of a list have events of their own, also when the list is deleted.
    events: [PRICE_LISTS_CHANGED],
    entity: "price",
    filters: (ids) => ({ price_list_id: ids }),
    fields: ["price_set.variant.product_id"],
    productIds: (row) => row.price_set?.variant?.product_id,
    wide: true,
  },
  {
    events: lifecycle("inventory.inventory-level"),
    entity: "inventory_level",
    fields: ["inventory_item.variants.product_id"],
    productIds: (row) => variantsOf(row.inventory_item ?? {}),
  },
  {
    events: ["LinkProductSalesChannel.attached", "LinkProductSalesChannel.detached"],
    entity: "product_sales_channel",
    fields: ["product_id"],
    productIds: (row) => row.product_id,
  },
  {
    events: ["sales-channel.updated", "sales-channel.deleted"],
    entity: "product_sales_channel",
    filters: (ids) => ({ sales_channel_id: ids }),
    fields: ["product_id"],
    productIds: (row) => row.product_id,
    wide: true,
  },
  {
    events: ["LinkProductVariantPriceSet.attached", "LinkProductVariantPriceSet.detached"],
    entity: "product_variant_price_set",
    fields: ["variant.product_id"],
    productIds: (row) => row.variant?.product_id,
  },
  {
    events: [
      "LinkProductVariantInventoryItem.attached",
      "LinkProductVariantInventoryItem.detached",
    ],
    entity: "product_variant_inventory_item",
    fields: ["variant.product_id"],
    productIds: (row) => row.variant?.product_id,
  },
  // An option can belong to many products.
  manyProducts(lifecycle("product-option"), (ids) => ({ options: { id: ids } })),
  manyProducts(lifecycle("product-option-value"), (ids) => ({ options: { values: { id: ids } } })),
  manyProducts(["product-category.updated", "product-category.deleted"], (ids) => ({
    categories: { id: ids },
  })),
  manyProducts(["product-tag.updated", "product-tag.deleted"], (ids) => ({ tags: { id: ids } })),
  manyProducts(["product-collection.updated", "product-collection.deleted"], (ids) => ({
    collection_id: ids,
  })),
  manyProducts(["product-type.updated", "product-type.deleted"], (ids) => ({ type_id: ids })),
]

/** The events of translations, whose data is their ids. */
const TRANSLATION_EVENTS = lifecycle("translation")

/**
 * What of a translation is in documents, by its table, and the event of a change of the thing itself: it
 * leads to the same products.
 */
const TRANSLATED: Readonly<Record<string, string>> = {
  product: "product.updated",
  product_category: "product-category.updated",
  product_collection: "product-collection.updated",
  product_tag: "product-tag.updated",
  product_type: "product-type.updated",
}

/** Where prices are kept by region, another currency of a region is another price of every product. */
const REGION_SOURCE = manyProducts(["region.updated", "region.deleted"], () => ({}))

/** Events whose ids are the products' own. `product.product.updated` is all that a collection emits. */
const PRODUCT_EVENTS = [...lifecycle("product"), "product.product.updated", PRODUCTS_CHANGED]

/** Rows of a source that are read at a time. */
const PAGE_SIZE = 500

/** An event, as far as it matters here. */
export type ChangeEvent = Pick<Event<unknown>, "name" | "data">

/** Events, and which products they touch. */
export class ProductEvents {
  private readonly sources_: Map<string, ProductEventSource[]>
  private readonly locales_: string[]

  /**
   * @param options.sources those of a store's own
   * @param options.regions whether documents hold prices of regions
   * @param options.locales those whose translations documents hold
   */
  constructor({
    sources = [],
    regions = false,
    locales = [],
  }: { sources?: ProductEventSource[]; regions?: boolean; locales?: string[] } = {}) {
    this.locales_ = locales
    const own = [...PRODUCT_EVENTS, ...(locales.length ? TRANSLATION_EVENTS : [])]
    this.sources_ = new Map(own.map((event) => [event, []]))
    for (const source of [...SOURCES, ...(regions ? [REGION_SOURCE] : []), ...sources]) {
      for (const event of source.events) {
        this.sources_.set(event, [...(this.sources_.get(event) ?? []), source])
      }
    }
  }

  /** The events that an index of products must listen to. */
  get names(): string[] {
    return [...this.sources_.keys()]
  }

  /** Whether an event says that the products it names are gone. */
  isDeletion({ name }: Pick<ChangeEvent, "name">): boolean {
    return name === "product.deleted"
  }

  /** Whether an event may touch more products than are read at a time. */
  isWide(event: ChangeEvent, limit: number): boolean {
    const sources = this.sources_.get(event.name)
    if (!sources) {
      return false
    }
    return (
      sources.some(({ wide }) => wide) ||
      // It may be that of a category.
      TRANSLATION_EVENTS.includes(event.name) ||
      eventIds(event.data).length > limit
    )
  }

  /**
   * The products whose documents events of one name may have changed, a page at a time. An id may come
   * more than once, on different pages.
   *
   * @param ids what the events carry: see `eventIds`
   */
  async *productIds(name: string, ids: string[], query: Query): AsyncGenerator<string[]> {
    const sources = this.sources_.get(name)
    if (!ids.length || !sources) {
      return
    }
    if (PRODUCT_EVENTS.includes(name)) {
      yield distinct(ids)
    }
    if (TRANSLATION_EVENTS.includes(name)) {
      yield* this.translatedProductIds(ids, query)
    }
    for (const { productIds, ...source } of sources) {
      for await (const rows of pages(source, ids, query)) {
        const found = rows.flatMap((row) => productIds(row))
        yield distinct(found.filter((id): id is string => typeof id === "string"))
      }
    }
  }

  private async *translatedProductIds(ids: string[], query: Query): AsyncGenerator<string[]> {
    const translations = {
      entity: "translation",
      fields: ["reference", "reference_id"],
      filters: (of: string[]) => ({ id: of, locale_code: this.locales_ }),
    }
    for await (const rows of pages(translations, ids, query)) {
      for (const [table, event] of Object.entries(TRANSLATED)) {
        const translated = rows.filter(({ reference }) => reference === table)
        const things = translated.map(({ reference_id }) => reference_id)
        yield* this.productIds(event, distinct(things), query)
      }
    }
  }
}

async function* pages(
  { entity, fields, filters }: Pick<ProductEventSource, "entity" | "fields" | "filters">,
  ids: string[],
  query: Query
): AsyncGenerator<GraphRow[]> {
  const selected = filters?.(ids) ?? { id: ids }
  let after: string | undefined
  for (;;) {
    const { data } = await query.graph({
      entity,
      fields: ["id", ...fields],
      filters: after === undefined ? selected : { $and: [selected, { id: { $gt: after } }] },
      pagination: { take: PAGE_SIZE, order: { id: "ASC" } },
      // What the event says is gone still knows which products it belonged to.
      withDeleted: true,
    } as Parameters<Query["graph"]>[0])
    yield data
    if (data.length < PAGE_SIZE) {
      return
    }
    after = (data[data.length - 1] as { id: string }).id
  }
}

/** An event's ids: its data is `{ id }`, `{ id: [...] }`, or a list of the former. */
export function eventIds(data: unknown): string[] {
  const entries = Array.isArray(data) ? data : [data]
  const ids = entries.flatMap((entry) => (entry as { id?: unknown } | null)?.id ?? [])
  return ids.filter((id): id is string => typeof id === "string")
}

function distinct(ids: string[]): string[] {
  return [...new Set(ids)].sort()
}
