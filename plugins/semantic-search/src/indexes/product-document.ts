import type { SearchTypes } from "@medusajs/framework/types"
import type { CategoryRow, ProductRow, VariantRow } from "./product-graph"
import { purchasable, sellableUnits } from "./product-offers"
import type { ProductPrices } from "./product-prices"

/**
 * The document of a product, before a store's own fields and the text to embed are added. What shoppers
 * aren't to see isn't in it: a category that is inactive or internal, a sales channel that is disabled.
 */
export function productDocument(
  product: ProductRow,
  prices: ProductPrices
): SearchTypes.SearchDocument {
  const variants = present(product.variants)
  const categories = publicCategories(product)
  const channels = present(product.sales_channels).filter((channel) => !channel.is_disabled)
  return {
    id: product.id,
    handle: product.handle ?? null,
    title: product.title ?? null,
    subtitle: product.subtitle ?? null,
    description: product.description ?? null,
    thumbnail: product.thumbnail ?? null,
    status: product.status ?? null,
    sales_channel_ids: sorted(channels.map(({ id }) => id)),
    collection: product.collection?.title ?? null,
    type: product.type?.value ?? null,
    tags: sorted(present(product.tags).map(({ value }) => value)),
    category_ids: sorted(categories.map(({ id }) => id)),
    category_handles: sorted(categories.map(({ handle }) => handle)),
    categories: sorted(categories.map(({ name }) => name)),
    skus: sorted(variants.map(({ sku }) => sku)),
    barcodes: sorted(variants.flatMap(({ barcode, ean, upc }) => [barcode, ean, upc])),
    ...prices,
    in_stock: variants.some(purchasable),
    stock: totalUnits(variants),
    created_at: isoDate(product.created_at),
    updated_at: isoDate(product.updated_at),
  }
}

/** The text that stands for a product's meaning, where the store gives none of its own. */
export function productText({ title, subtitle, description }: ProductRow): string {
  const name = [title, subtitle].filter(Boolean).join(": ")
  return [name, description]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(". ")
}

/** The categories of a product that shoppers may see. */
export function publicCategories({ categories }: ProductRow): CategoryRow[] {
  return present(categories).filter(isPublic)
}

/** As Medusa's store routes see it. Where the flags weren't read, nothing speaks against a category. */
function isPublic({ is_active, is_internal }: CategoryRow): boolean {
  return is_active !== false && !is_internal
}

function totalUnits(variants: VariantRow[]): number {
  return variants.reduce((units, variant) => units + (sellableUnits(variant) ?? 0), 0)
}

function isoDate(value: string | Date | null | undefined): string | null {
  return value ? new Date(value).toISOString() : null
}

function present<T>(values: (T | null | undefined)[] | null | undefined): T[] {
  return (values ?? []).filter((value): value is T => value !== null && value !== undefined)
}

/** The order in which relations are read varies; that of the document doesn't. */
function sorted(values: (string | null | undefined)[]): string[] {
  return [...new Set(present(values))].sort()
}
