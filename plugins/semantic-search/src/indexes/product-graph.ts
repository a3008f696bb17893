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
  "categories.is_active",
  "categories.is_internal",
  "sales_channels.id",
  "sales_channels.is_disabled",
  "variants.id",
  "variants.sku",
  "variants.barcode",
  "variants.ean",
  "variants.upc",
  "variants.manage_inventory",
  "variants.allow_backorder",
  "variants.price_set.id",
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
  collection?: { id?: string; title?: string | null } | null
  type?: { id?: string; value?: string | null } | null
  tags?: ({ id?: string; value?: string | null } | null)[] | null
  categories?: (CategoryRow | null)[] | null
  sales_channels?: ({ id: string; is_disabled?: boolean | null } | null)[] | null
  variants?: (VariantRow | null)[] | null
  /** Fields that a store adds; their types are the store's to know. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  [field: string]: any
}

export interface CategoryRow {
  id: string
  name?: string | null
  handle?: string | null
  is_active?: boolean | null
  is_internal?: boolean | null
}

export interface VariantRow {
  id: string
  sku?: string | null
  barcode?: string | null
  ean?: string | null
  upc?: string | null
  manage_inventory?: boolean | null
  allow_backorder?: boolean | null
  /** What the variant's prices hang on; the prices themselves are read apart: see `readPrices`. */
  price_set?: { id: string } | null
  inventory_items?: (InventoryItemRow | null)[] | null
}

export interface InventoryItemRow {
  required_quantity?: number | null
  inventory?: {
    location_levels?:
      ({ stocked_quantity?: number | string; reserved_quantity?: number | string } | null)[] | null
  } | null
}
