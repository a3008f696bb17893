import type { SearchTypes } from "@medusajs/framework/types"
import { defineSearchIndex, MedusaError, search } from "@medusajs/framework/utils"
import { DEFAULT_EMBEDDING_MODEL, embeddingModelId, findEmbeddingModel } from "../embedding"
import { markReadingTime } from "../providers/pgvector/storage/reading-time"
import { ChangeBatcher } from "./change-batcher"
import { productDocument, productText } from "./product-document"
import { changedProductIds, isProductDeletion, PRODUCT_INDEX_EVENTS } from "./product-events"
import { PRODUCT_GRAPH_FIELDS, type ProductRow } from "./product-graph"

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
}

export interface SemanticProductIndexOptions<Product extends ProductRow = ProductRow> {
  /** The currencies in which prices are kept, such as `["eur", "usd"]`: fields `prices.eur` … */
  currencies: string[]
  /** Facts of the store's own. */
  extension?: ProductIndexExtension<Product>
  /**
   * The embedding model, by its name; the same as in the provider's `embedder` option.
   *
   * @defaultValue "Xenova/all-MiniLM-L6-v2"
   */
  model?: string
  /** The index's name, which is the `entity` of a search. @defaultValue "product" */
  name?: string
}

/** Products read from the store at a time. */
const BATCH_SIZE = 100

/**
 * Defines the index of a store's products: call it once, in `src/search/product.ts`, and export what it
 * returns. Products are found by words and by meaning, and filtered, sorted and counted by price, stock,
 * category, collection, tag and what `extension` adds. `status` and `sales_channel_ids` bear the names by
 * which `POST /store/search` keeps drafts and other channels' products from shoppers.
 *
 * @throws MedusaError when `model` names a model whose dimensions aren't known
 */
export function defineSemanticProductIndex<Product extends ProductRow = ProductRow>(
  options: SemanticProductIndexOptions<Product>
): SearchTypes.SearchIndexDefinition {
  const model = options.model ? findEmbeddingModel(options.model) : DEFAULT_EMBEDDING_MODEL
  if (!model) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `defineSemanticProductIndex: "model" names "${options.model}", which isn't a model that the plugin knows`
    )
  }
  const { extension } = options
  const build = (product: Product) => ({
    ...productDocument(product, options.currencies),
    ...extension?.document(product),
    embedding: extension?.text?.(product) ?? productText(product),
  })
  const source: ProductSource<Product> = {
    graphFields: [...PRODUCT_GRAPH_FIELDS, ...(extension?.graph_fields ?? [])],
    build,
  }

  return defineSearchIndex({
    name: options.name ?? "product",
    entity: "product",
    fields: search.define({
      ...productFields(options.currencies),
      ...extension?.fields,
      embedding: search.vector(model.dimensions).embed(),
    }),
    // A part of the definition's hash: another model, a new version of the index.
    settings: { provider_options: { pgvector: { model: embeddingModelId(model) } } },
    events: PRODUCT_INDEX_EVENTS,
    consume: eventConsumer(source),
    seed: (context) => seedProducts(context, source),
  }) as SearchTypes.SearchIndexDefinition
}

function productFields(currencies: string[]): Record<string, SearchProperty> {
  const price = () =>
    search
      .float()
      .filterable()
      .sortable()
      .facetable({ types: ["range", "stats"] })
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
    skus: search.keyword().array().searchable({ weight: 3 }).filterable(),
    prices: search.object(Object.fromEntries(currencies.map((currency) => [currency, price()]))),
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

interface ProductSource<Product> {
  graphFields: string[]
  build: (product: Product) => SearchTypes.SearchDocument
}

/**
 * Turns events into mutations. One edit of a product gives rise to a dozen events (its variants, prices,
 * links …), and an import to thousands, so products are read in batches: see `ChangeBatcher`.
 */
function eventConsumer<Product extends ProductRow>(source: ProductSource<Product>) {
  const batcher = new ChangeBatcher<SearchTypes.SearchIngestionContext, SearchTypes.SearchMutation>(
    BATCH_SIZE,
    (ids, context) => readChanged(ids, context, source)
  )
  return async (
    event: { name: string; data: unknown },
    context: SearchTypes.SearchIngestionContext
  ): Promise<SearchTypes.SearchMutation[]> => {
    const ids = await changedProductIds(event, context.container.query)
    if (isProductDeletion(event)) {
      return ids.length ? [{ action: "delete", filters: { id: ids } }] : []
    }
    return await batcher.add(ids, context)
  }
}

async function readChanged<Product extends ProductRow>(
  ids: string[],
  context: SearchTypes.SearchIngestionContext,
  source: ProductSource<Product>
): Promise<SearchTypes.SearchMutation[]> {
  const at = new Date()
  const products = await readProducts<Product>(context, source, { filters: { id: ids } })
  const mutations: SearchTypes.SearchMutation[] = [
    { action: "upsert", documents: markReadingTime(products.map(source.build), at) },
  ]
  const found = new Set(products.map((product) => product.id))
  const gone = ids.filter((id) => !found.has(id))
  if (gone.length) {
    const [filters] = markReadingTime([{ id: gone }], at)
    mutations.push({ action: "delete", filters })
  }
  return mutations
}

/**
 * Reads all products in the order of their ids, so that a run that was cut off goes on after the last
 * one. The catch-up run at a rebuild's end reads what was updated since, deleted ones included.
 */
async function* seedProducts<Product extends ProductRow>(
  context: SearchTypes.SearchSeedContext,
  source: ProductSource<Product>
): AsyncGenerator<SearchTypes.SearchMutation[]> {
  const { catchup } = context
  let after = context.last_key
  for (;;) {
    const at = new Date()
    const conditions = [
      ...(context.filters ? [context.filters] : []),
      ...(catchup ? [{ updated_at: { $gte: catchup.since } }] : []),
      ...(after === undefined ? [] : [{ id: { $gt: after } }]),
    ]
    const products = await readProducts<Product & { deleted_at?: unknown }>(context, source, {
      filters: conditions.length ? { $and: conditions } : {},
      pagination: { take: BATCH_SIZE, order: { id: "ASC" } },
      withDeleted: !!catchup,
    })
    if (!products.length) {
      return
    }
    const alive = products.filter((product) => !product.deleted_at)
    const deleted = products.filter((product) => product.deleted_at)
    const mutations: SearchTypes.SearchMutation[] = [
      { action: "upsert", documents: markReadingTime(alive.map(source.build), at) },
    ]
    if (deleted.length) {
      const [filters] = markReadingTime([{ id: deleted.map(({ id }) => id) }], at)
      mutations.push({ action: "delete", filters })
    }
    yield mutations
    if (products.length < BATCH_SIZE) {
      return
    }
    after = products[products.length - 1].id
  }
}

async function readProducts<Product>(
  { container }: SearchTypes.SearchIngestionContext,
  { graphFields }: { graphFields: string[] },
  input: Record<string, unknown>
): Promise<Product[]> {
  const { data } = await container.query.graph({
    entity: "product",
    fields: input.withDeleted ? [...graphFields, "deleted_at"] : graphFields,
    ...input,
  } as Parameters<typeof container.query.graph>[0])
  return data as Product[]
}
