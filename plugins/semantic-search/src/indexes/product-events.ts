import type { Event, RemoteQueryFunction } from "@medusajs/framework/types"

/** A row of `query.graph`, which types none for entities that are named at run time. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type GraphRow = any

/** One kind of event: how it leads to the products whose documents it changes. */
interface EventSource {
  events: string[]
  /** The entity whose ids the event carries. */
  entity: string
  /** What to read of it. */
  fields: string[]
  productIds: (row: GraphRow) => unknown
}

const productsOf = (row: { products?: ({ id: string } | null)[] }) =>
  (row.products ?? []).map((product) => product?.id)

const variantsOf = (row: GraphRow) =>
  (row.variants ?? []).map((variant: GraphRow) => variant?.product_id)

/** Names of the three events that a data model's rows give rise to. */
const lifecycle = (name: string) => [`${name}.created`, `${name}.updated`, `${name}.deleted`]

/**
 * Which events touch a product's document. A product's own events are few of them: a price, a stock
 * level, a category's name or a sales channel changes without `product.updated`. Some are emitted by
 * modules rather than workflows, since that is the only event of their change. Taking a product out of
 * a category by the category's own route emits nothing at all; the reconcile job finds that.
 */
const SOURCES: EventSource[] = [
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
  {
    events: lifecycle("product-option"),
    entity: "product_option",
    fields: ["products.id"],
    productIds: productsOf,
  },
  {
    events: lifecycle("product-option-value"),
    entity: "product_option_value",
    fields: ["option.products.id"],
    productIds: (row) => productsOf(row.option ?? {}),
  },
  ...["category", "collection", "tag", "type"].map((group) => ({
    events: [`product-${group}.updated`, `product-${group}.deleted`],
    entity: `product_${group}`,
    fields: ["products.id"],
    productIds: productsOf,
  })),
]

/** Events whose ids are the products' own. `product.product.updated` is all that a collection emits. */
const PRODUCT_EVENTS = [...lifecycle("product"), "product.product.updated"]

const SOURCE_BY_EVENT = new Map(
  SOURCES.flatMap((source) => source.events.map((event) => [event, source] as const))
)

/** The events that a product index must listen to. */
export const PRODUCT_INDEX_EVENTS = [...PRODUCT_EVENTS, ...SOURCE_BY_EVENT.keys()]

/** Whether an event says that the products it names are gone. */
export function isProductDeletion(event: Pick<Event, "name">): boolean {
  return event.name === "product.deleted"
}

/** The products whose documents an event may have changed. */
export async function changedProductIds(
  event: Pick<Event<unknown>, "name" | "data">,
  query: Pick<RemoteQueryFunction, "graph">
): Promise<string[]> {
  const ids = eventIds(event.data)
  const source = SOURCE_BY_EVENT.get(event.name)
  if (!ids.length || !source) {
    return ids
  }
  const { data } = await query.graph({
    entity: source.entity,
    fields: source.fields,
    filters: { id: ids },
    // What the event says is gone still knows which products it belonged to.
    withDeleted: true,
  } as Parameters<RemoteQueryFunction["graph"]>[0])
  const found = data.flatMap((row: unknown) => source.productIds(row))
  return [...new Set(found.filter((id): id is string => typeof id === "string"))].sort()
}

/** An event's data is `{ id }`, `{ id: [...] }`, or a list of the former. */
function eventIds(data: unknown): string[] {
  const entries = Array.isArray(data) ? data : [data]
  const ids = entries.flatMap((entry) => (entry as { id?: unknown } | null)?.id ?? [])
  return ids.filter((id): id is string => typeof id === "string")
}
