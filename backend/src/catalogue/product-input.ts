import { FORMATS, type BookRecord } from "./book-record"

/** What a product needs that isn't in the catalogue: ids of the store. Plain data, as workflows take it. */
export interface StoreIds {
  sales_channel_id: string
  shipping_profile_id: string
  /** Category ids by handle. */
  categories: Record<string, string>
  /** Tag ids by value. */
  tags: Record<string, string>
}

/** The name of the one option by which a book's variants differ. */
export const FORMAT_OPTION = "Format"

/** Where the picture of a book's cover is, on the backend and passed on by the storefront. */
export function coverPath(handle: string): string {
  return `/covers/${handle}.svg`
}

export function skuOf(slug: string, format: keyof typeof FORMATS): string {
  return `${slug.toUpperCase()}-${FORMATS[format].sku}`
}

/** A book as the product that Medusa's product workflows take. */
export function productInput(book: BookRecord, ids: StoreIds) {
  return {
    title: book.title,
    subtitle: book.subtitle ?? null,
    handle: book.slug,
    description: book.description,
    thumbnail: coverPath(book.slug),
    status: "published" as const,
    shipping_profile_id: ids.shipping_profile_id,
    sales_channels: [{ id: ids.sales_channel_id }],
    category_ids: book.genres.map((genre) => ids.categories[genre]),
    tag_ids: book.moods.map((mood) => ids.tags[mood]),
    options: [
      { title: FORMAT_OPTION, values: book.formats.map(({ format }) => FORMATS[format].title) },
    ],
    variants: book.formats.map(({ format, eur, usd, isbn }) => ({
      title: FORMATS[format].title,
      sku: skuOf(book.slug, format),
      ...(isbn ? { barcode: isbn } : {}),
      manage_inventory: FORMATS[format].print,
      options: { [FORMAT_OPTION]: FORMATS[format].title },
      prices: [
        { currency_code: "eur", amount: eur },
        { currency_code: "usd", amount: usd },
      ],
    })),
  }
}
