/** What is read of a product to build its document, as paths of `query.graph`. */
export const PRODUCT_GRAPH_FIELDS = [
  "id",
  "handle",
  "title",
  "subtitle",
  "description",
  "thumbnail",
  "status",
  "created_at",
  "updated_at",
  "collection.title",
  "type.value",
  "tags.value",
  "categories.id",
  "categories.name",
  "categories.handle",
  "sales_channels.id",
  "variants.id",
  "variants.sku",
  "variants.manage_inventory",
  "variants.allow_backorder",
  "variants.prices.amount",
  "variants.prices.currency_code",
  "variants.prices.rules_count",
  "variants.inventory_items.required_quantity",
  "variants.inventory_items.inventory.location_levels.stocked_quantity",
  "variants.inventory_items.inventory.location_levels.reserved_quantity",
] as const

/** A product as `query.graph` answers it for these fields. Anything may be missing. */
export interface ProductRow {
  id: string
  handle?: string | null
  title?: string | null
  subtitle?: string | null
  description?: string | null
  thumbnail?: string | null
  status?: string | null
  created_at?: string | Date | null
  updated_at?: string | Date | null
  collection?: { title?: string | null } | null
  type?: { value?: string | null } | null
  tags?: ({ value?: string | null } | null)[] | null
  categories?: ({ id: string; name?: string | null; handle?: string | null } | null)[] | null
  sales_channels?: ({ id: string } | null)[] | null
  variants?: (VariantRow | null)[] | null
  /** Fields that a store adds; their types are the store's to know. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  [field: string]: any
}

export interface VariantRow {
  id: string
  sku?: string | null
  manage_inventory?: boolean | null
  allow_backorder?: boolean | null
  prices?: (PriceRow | null)[] | null
  inventory_items?: (InventoryItemRow | null)[] | null
}

export interface PriceRow {
  amount?: number | string | null
  currency_code?: string | null
  /** How many rules (region, customer group …) a price depends on. */
  rules_count?: number | null
}

export interface InventoryItemRow {
  required_quantity?: number | null
  inventory?: {
    location_levels?:
      ({ stocked_quantity?: number | string; reserved_quantity?: number | string } | null)[] | null
  } | null
}
