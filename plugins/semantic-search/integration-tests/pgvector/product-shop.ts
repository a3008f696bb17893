// Where indexes are registered.
import "@medusajs/framework/modules-sdk"
import type { Event, MedusaContainer, SearchTypes } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { defineSemanticProductIndex } from "../../src/indexes"
import { SEMANTIC_SEARCH_MODULE } from "../../src/modules/semantic-search"
import SemanticSearchModuleService from "../../src/modules/semantic-search/service"
import type { Provider } from "./harness"
import { DIMENSIONS } from "./scripted-embedder"

/** The name of the tests' index of products. */
const INDEX = "shop"

/** A product, as far as these tests go. */
export interface Product {
  id: string
  title: string
  tag: { id: string; value: string }
  /** In euros, without a sale. */
  price?: number
}

/** A sale with one price for all its products. */
export interface PriceList {
  id: string
  price: number
  starts_at?: Date
  ends_at?: Date
  updated_at: Date
  product_ids: string[]
}

/** What a graph query asks. */
interface GraphInput {
  entity: string
  fields: string[]
  filters?: Filters
  pagination?: { take: number }
}

interface Filters {
  id?: string | string[] | { $gt: string }
  tags?: { id: string[] }
  price_list_id?: string[]
  $and?: Filters[]
  $or?: { starts_at?: { $gt: Date; $lte: Date }; ends_at?: { $gte: Date; $lt: Date } }[]
  updated_at?: { $gt: Date }
}

/** A store of products without Medusa around it: its queries, its events, its index. */
export interface ProductShop {
  container: MedusaContainer
  products: Map<string, Product>
  priceLists: PriceList[]
  /** What its clock shows; prices go by it. */
  now: Date
  index: SearchTypes.ResolvedSearchIndexDefinition
  /** The ids of each reading that built documents, in order. */
  readings: string[][]
  errors: string[]
  /** Runs before documents are read; awaited. */
  beforeReading: (ids: string[]) => void | Promise<void>
  /** Hands an event to the index, as the Search Module does. */
  ingest: (name: string, data: unknown) => Promise<void>
}

function matches(product: Product, filters: Filters = {}): boolean {
  const { id, tags, $and = [] } = filters
  const byId =
    id === undefined ||
    (Array.isArray(id)
      ? id.includes(product.id)
      : typeof id === "string"
        ? id === product.id
        : product.id > id.$gt)
  return (
    byId &&
    (!tags || tags.id.includes(product.tag.id)) &&
    $and.every((part) => matches(product, part))
  )
}

/** The plugin's index, with vectors that the scripted embedder can make. */
function defineIndex(): SearchTypes.ResolvedSearchIndexDefinition {
  const definition = defineSemanticProductIndex({ name: INDEX, currencies: ["eur"] })
  const { embedding, ...fields } = definition.fields as never as Record<string, object>
  return {
    ...definition,
    fields: { ...fields, embedding: { ...embedding, dimensions: DIMENSIONS } },
    primary_key: "id",
    provider: "pgvector",
    settings: {},
    definition_hash: "",
    physical_name: `${INDEX}_v1`,
  } as never
}

const index = defineIndex()

/** What the Pricing Module answers: the cheapest sale that runs, or the price without one. */
function priceSet({ products, priceLists, now }: ProductShop, id: string) {
  const original = products.get(id)?.price
  const running = priceLists.filter(
    ({ product_ids, starts_at, ends_at }) =>
      product_ids.includes(id) && !(starts_at && starts_at > now) && !(ends_at && ends_at < now)
  )
  const sales = running.map(({ price }) => price)
  return {
    id,
    calculated_price:
      original === undefined
        ? null
        : {
            calculated_amount: Math.min(original, ...sales),
            original_amount: original,
            calculated_price: { price_list_type: sales.length ? "sale" : null },
          },
  }
}

/** Opens a shop with products of which the index knows nothing yet. */
export async function openProductShop(
  provider: Provider,
  products: Product[]
): Promise<ProductShop> {
  const byId = new Map(products.map((product) => [product.id, product]))
  await provider.service.deleteIndex({ index: index.physical_name })
  await provider.service.upsertIndex({ index })
  const errors: string[] = []
  const logger = { info() {}, warn() {}, debug() {}, error: (text: string) => errors.push(text) }
  const readProducts = async ({ fields, filters, pagination }: GraphInput) => {
    const rows = [...byId.values()]
      .filter((product) => matches(product, filters))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, pagination?.take)
      // As they are at this very moment, whatever happens to the products next.
      .map(({ id, title, tag }) => ({
        ...{ id, title, tags: [{ value: tag.value }] },
        variants: [{ id: `variant of ${id}`, price_set: { id } }],
      }))
    if (fields.includes("title")) {
      const ids = rows.map(({ id }) => id)
      shop.readings.push(ids)
      await shop.beforeReading(ids)
    }
    return rows
  }
  const readers: Record<string, (input: GraphInput) => unknown[] | Promise<unknown[]>> = {
    product: readProducts,
    // A product's only price set bears its id.
    price_set: ({ filters }) => [...(filters!.id as string[])].map((id) => priceSet(shop, id)),
    price: ({ filters }) =>
      shop.priceLists
        .filter(({ id }) => filters!.price_list_id!.includes(id))
        .flatMap(({ product_ids }) =>
          product_ids.map((product_id) => ({ price_set: { variant: { product_id } } }))
        ),
    price_list: ({ filters }) => {
      if (filters!.updated_at) {
        return shop.priceLists.filter(({ updated_at }) => updated_at > filters!.updated_at!.$gt)
      }
      const [{ starts_at: start }, { ends_at: end }] = filters!.$or!
      return shop.priceLists.filter(
        ({ starts_at, ends_at }) =>
          (starts_at && starts_at > start!.$gt && starts_at <= start!.$lte) ||
          (ends_at && ends_at >= end!.$gte && ends_at < end!.$lt)
      )
    },
  }
  const query = {
    graph: async (input: GraphInput) => ({ data: await readers[input.entity](input) }),
  }
  const ingest: ProductShop["ingest"] = async (name, data) => {
    const context = { container: { query, logger }, index } as never
    const mutations = await index.consume!({ name, data } as Event<unknown>, context)
    for (const mutation of mutations) {
      if (mutation.action === "delete") {
        await provider.service.deleteDocuments({
          index: index.physical_name,
          filters: mutation.filters,
        })
      } else if (mutation.documents.length) {
        await provider.service.upsertDocuments({
          index: index.physical_name,
          definition: index,
          documents: mutation.documents,
        })
      }
    }
  }
  const services: Record<string, unknown> = {
    [ContainerRegistrationKeys.QUERY]: query,
    [ContainerRegistrationKeys.LOGGER]: logger,
    [Modules.SEARCH]: {
      ingest: ({ name, data }: Event<unknown>) => ingest(name, data),
      getIndex: () => ({ ...index, physical_name: INDEX }),
      upsertDocuments: ({ documents }: { documents: SearchTypes.SearchDocument[] }) =>
        provider.service.upsertDocuments({
          index: index.physical_name,
          definition: index,
          documents,
        }),
      deleteDocuments: ({ filters }: { filters: SearchTypes.SearchFilters }) =>
        provider.service.deleteDocuments({ index: index.physical_name, filters }),
    },
    [SEMANTIC_SEARCH_MODULE]: new SemanticSearchModuleService({ logger } as never, undefined),
  }
  const container = { resolve: (name: string) => services[name] } as unknown as MedusaContainer
  const shop: ProductShop = {
    container,
    products: byId,
    priceLists: [],
    now: new Date(),
    index,
    readings: [],
    errors,
    beforeReading: () => {},
    ingest,
  }
  return shop
}
