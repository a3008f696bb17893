import type { SearchTypes } from "@medusajs/framework/types"
import { defineSearchIndex, MedusaError, search } from "@medusajs/framework/utils"
import { DEFAULT_EMBEDDING_MODEL, embeddingModelId, findEmbeddingModel } from "../embedding"
import { findLanguage } from "../providers/pgvector/text/languages"
import { type IndexLocale, readLocales } from "./locales"
import { productDocument, productText } from "./product-document"
import { ProductEvents, type ProductEventSource } from "./product-events"
import { PRODUCT_GRAPH_FIELDS, type ProductRow } from "./product-graph"
import type { ProductPrices } from "./product-prices"
import { eventConsumer, type ProductSource, seedProducts } from "./product-source"
import {
  type ProductTranslations,
  TRANSLATED_GRAPH_FIELDS,
  TranslationReader,
} from "./product-translations"
import { registerProductIndex } from "./registered-indexes"

/** A part of a field's path. */
const FIELD_NAME = /^[a-z][a-z0-9_]*$/i

/** Fields that are what they are: by some `POST /store/search` hides products, the others make the index. */
const RESERVED_FIELDS = ["id", "status", "sales_channel_ids", "embedding"]

type SearchProperty = SearchTypes.SearchPropertyType<unknown>

/** Facts of a store's own that its products are found by. */
export interface ProductIndexExtension<Product extends ProductRow = ProductRow> {
  /** The fields, in Medusa's search DSL: `{ authors: search.text().array().searchable() }`. */
  fields: Record<string, SearchProperty>
  /** What is to be read for them, as paths of `query.graph` from the product: `["book.authors.name"]`. */
  graph_fields: string[]
  /** The fields' values of a product. */
  document: (product: Product) => Record<string, unknown>
  /**
   * The text that is embedded for a product: what it is about, most telling first, since a model reads
   * only the beginning of a long text. Names that say nothing of the meaning (an author, a brand, a
   * title like "Emma") are better left out: they are found by words anyway, and draw the vector away.
   *
   * @defaultValue title, subtitle and description
   */
  text?: (product: Product) => string
  /**
   * Events that change these facts without changing the product, such as the renaming of an author:
   * which events, and how they lead to products.
   *
   * @defaultValue none
   */
  events?: ProductEventSource[]
}

export interface SemanticProductIndexOptions<Product extends ProductRow = ProductRow> {
  /**
   * The currencies in which prices are kept, such as `["eur", "usd"]`: fields `prices.eur`,
   * `original_prices.eur` … They hold what a shopper pays now of whom nothing but the currency is known,
   * sales included.
   */
  currencies: string[]
  /**
   * The regions whose prices are kept beside, where a store has prices of regions: each region's id or
   * name, under a key that names its field. `{ alps: "Switzerland" }` keeps `region_prices.alps`. The
   * key is the store's own since an id differs from one database to the next, and a name, which a
   * merchant may change, may hold what a field's name can't. A region that isn't there has no prices.
   *
   * Each currency and each region costs a calculation of prices, about 0.15 ms a product.
   *
   * @defaultValue none
   */
  regions?: Record<string, string>
  /**
   * The locales whose translations are kept beside the original texts, as Medusa's Translation Module
   * names them: `["de-DE", "fr-FR"]` keeps `translations.de_de.title`, `subtitle`, `description`,
   * `collection`, `type`, `tags` and `categories`, and the same below `fr_fr`. They are searched with the
   * weights of the originals, and stemmed by their own language where Postgres can stem it. What isn't
   * translated is absent. A new locale is a new version of the index.
   *
   * @defaultValue none
   */
  locales?: string[]
  /** Facts of the store's own. */
  extension?: ProductIndexExtension<Product>
  /**
   * The embedding model, the same as in the provider's `embedder` option: the name of one that the plugin
   * knows, or the id and dimensions of any other (`{ id: "nomic-embed-text@2000c", dimensions: 768 }`).
   *
   * @defaultValue "Xenova/all-MiniLM-L6-v2"
   */
  model?: string | { id: string; dimensions: number }
  /**
   * How many bytes a component of a vector takes: "half" has two instead of four. Table and vector index
   * take less disk and memory, a model may have 4,000 dimensions instead of 2,000, and cosines move by
   * less than a thousandth. A change of it is a new version of the index, for which nothing is embedded
   * anew.
   *
   * @defaultValue "single"
   */
  vector_precision?: "single" | "half"
  /** The index's name, which is the `entity` of a search. @defaultValue "product" */
  name?: string
}

/**
 * Defines the index of a store's products: call it once, in `src/search/product.ts`, and export what it
 * returns. Products are found by words and by meaning, and filtered, sorted and counted by price, stock,
 * category, collection, tag and what `extension` adds. `status` and `sales_channel_ids` bear the names by
 * which `POST /store/search` keeps drafts and other channels' products from shoppers.
 *
 * @throws MedusaError naming the option that is wrong: a `model` whose dimensions aren't known, `locales` that
 * are none, keys that can't name a field, a field of `extension` that would take the place of a reserved one
 */
export function defineSemanticProductIndex<Product extends ProductRow = ProductRow>(
  options: SemanticProductIndexOptions<Product>
): SearchTypes.SearchIndexDefinition {
  checkNames(options)
  const model = embeddedBy(options.model)
  const { extension, name = "product", regions = {} } = options
  const currencies = options.currencies.map((currency) => currency.toLowerCase())
  const locales = readLocales(options.locales ?? [])
  const events = new ProductEvents({
    sources: extension?.events,
    regions: Object.keys(regions).length > 0,
    locales: locales.map(({ code }) => code),
  })
  registerProductIndex(name, events)
  const build = (
    product: Product,
    prices: ProductPrices,
    translations: ProductTranslations | undefined
  ) => ({
    ...productDocument(product, prices),
    ...(translations ? { translations } : {}),
    ...extension?.document(product),
    embedding: extension?.text?.(product) ?? productText(product),
  })
  const source: ProductSource<Product> = {
    events,
    prices: { currencies, regions },
    translations: new TranslationReader(locales),
    graphFields: [
      ...PRODUCT_GRAPH_FIELDS,
      ...(locales.length ? TRANSLATED_GRAPH_FIELDS : []),
      ...(extension?.graph_fields ?? []),
    ],
    build,
  }

  return defineSearchIndex({
    name,
    entity: "product",
    fields: search.define({
      ...productFields(currencies, Object.keys(regions)),
      ...translationFields(locales),
      ...extension?.fields,
      embedding: vectorField(model.dimensions, options.vector_precision),
    }),
    // A part of the definition's hash: another model, a new version of the index.
    settings: { provider_options: { pgvector: { model: model.id } } },
    events: events.names,
    consume: eventConsumer(source),
    seed: (context) => seedProducts(context, source),
  }) as SearchTypes.SearchIndexDefinition
}

/** Looks at the options as a store without types may give them. */
function checkNames<Product extends ProductRow>({
  currencies,
  regions,
  extension,
}: Partial<SemanticProductIndexOptions<Product>> = {}): void {
  if (!Array.isArray(currencies)) {
    refuse(`"currencies" takes a list of currency codes, such as ["eur"]`)
  }
  const named = { currencies, regions: Object.keys(regions ?? {}) }
  for (const [option, names] of Object.entries(named)) {
    const wrong = names.find((name) => !FIELD_NAME.test(name))
    if (wrong !== undefined) {
      refuse(`"${option}" names "${wrong}": it takes letters, digits and underscores`)
    }
  }
  const reserved = RESERVED_FIELDS.find((name) => name in (extension?.fields ?? {}))
  if (reserved) {
    refuse(`"extension.fields" names "${reserved}", which the index needs as it is: choose another`)
  }
}

function refuse(what: string): never {
  throw new MedusaError(MedusaError.Types.INVALID_DATA, `defineSemanticProductIndex: ${what}`)
}

function embeddedBy(
  model: string | { id: string; dimensions: number } = DEFAULT_EMBEDDING_MODEL.name
): { id: string; dimensions: number } {
  if (typeof model !== "string") {
    return model
  }
  const known = findEmbeddingModel(model)
  if (!known) {
    return refuse(
      `"model" names "${model}", which isn't a model that the plugin knows: give its id and dimensions, { id: "name@revision", dimensions: 384 }`
    )
  }
  return { id: embeddingModelId(known), dimensions: known.dimensions }
}

/** Single precision goes without saying: an index that is there needn't be built anew to hear of it. */
function vectorField(
  dimensions: number,
  precision: SemanticProductIndexOptions["vector_precision"]
): SearchProperty {
  const field = search.vector(dimensions).embed()
  return precision && precision !== "single"
    ? field.providerOptions({ pgvector: { precision } })
    : field
}

function productFields(currencies: string[], regions: string[]): Record<string, SearchProperty> {
  const price = () =>
    search
      .float()
      .filterable()
      .sortable()
      .facetable({ types: ["range", "stats"] })
  const each = (keys: string[], field: () => SearchProperty) =>
    search.object(Object.fromEntries(keys.map((key) => [key, field()])))
  const code = () =>
    search
      .keyword()
      .array()
      .searchable({ weight: 3 })
      .filterable()
      .providerOptions({ pgvector: { code: true } })
  const listed = () => search.keyword().array().filterable().facetable()
  const suggested = (kind: string) => ({ pgvector: { suggest: { kind } } })
  return {
    id: search.keyword().filterable(),
    handle: search.keyword().filterable(),
    title: search.text().searchable({ weight: 3 }).sortable().providerOptions(suggested("title")),
    subtitle: search.text().searchable({ weight: 2 }),
    description: search.text().searchable(),
    thumbnail: search.keyword(),
    status: search.keyword().filterable(),
    sales_channel_ids: search.keyword().array().filterable(),
    collection: search
      .text()
      .searchable({ weight: 2 })
      .filterable()
      .facetable()
      .providerOptions(suggested("collection")),
    type: search.text().searchable().filterable().facetable(),
    tags: listed().searchable().providerOptions(suggested("tag")),
    category_ids: search.keyword().array().filterable(),
    category_handles: listed(),
    categories: listed().searchable({ weight: 1.5 }).providerOptions(suggested("category")),
    skus: code(),
    barcodes: code(),
    prices: each(currencies, price),
    original_prices: each(currencies, () => search.float()),
    ...(regions.length ? { region_prices: each(regions, price) } : {}),
    on_sale: search.boolean().filterable().facetable(),
    in_stock: search.boolean().filterable().facetable(),
    stock: search
      .integer()
      .filterable()
      .sortable()
      .facetable({ types: ["range", "stats"] }),
    created_at: search.date().filterable().sortable(),
    updated_at: search.date().filterable().sortable(),
  }
}

/** The texts of each locale: searched as the originals are, stemmed by their own language. */
function translationFields(locales: IndexLocale[]): Record<string, SearchProperty> {
  if (!locales.length) {
    return {}
  }
  const texts = ({ code }: IndexLocale) => {
    // Words of other languages are found as the index's own language has them: next to as they stand.
    const stemmed = (field: ReturnType<typeof search.text>) =>
      findLanguage(code) ? field.providerOptions({ pgvector: { locale: code } }) : field
    return search.object({
      title: stemmed(search.text()).searchable({ weight: 3 }),
      subtitle: stemmed(search.text()).searchable({ weight: 2 }),
      description: stemmed(search.text()).searchable(),
      collection: stemmed(search.text()).searchable({ weight: 2 }),
      type: stemmed(search.text()).searchable(),
      tags: stemmed(search.text()).array().searchable(),
      categories: stemmed(search.text()).array().searchable({ weight: 1.5 }),
    })
  }
  const fields = Object.fromEntries(locales.map((locale) => [locale.key, texts(locale)]))
  return { translations: search.object(fields) }
}
