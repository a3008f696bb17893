import type { SearchTypes } from "@medusajs/framework/types"
import { finishSeed } from "../providers/pgvector/finish-seed"
import { beginReading, markReadingTime } from "../providers/pgvector/storage/reading-time"
import { ChangeBatcher } from "./change-batcher"
import { missedEvents } from "./missed-events"
import { eventIds, type ProductEvents } from "./product-events"
import type { ProductRow } from "./product-graph"
import { type PriceOptions, type ProductPrices, readPrices } from "./product-prices"
import type { ProductTranslations, TranslationReader } from "./product-translations"

/** Products read from the store at a time. */
export const BATCH_SIZE = 100

/** How the products of an index are read, and what becomes of them. */
export interface ProductSource<Product extends ProductRow = ProductRow> {
  events: ProductEvents
  graphFields: string[]
  prices: PriceOptions
  translations: TranslationReader
  build: (
    product: Product,
    prices: ProductPrices,
    translations: ProductTranslations | undefined
  ) => SearchTypes.SearchDocument
}

interface Reading<Product> {
  documents: SearchTypes.SearchDocument[]
  products: Product[]
  at: Date
}

/**
 * Turns events into mutations. One edit of a product gives rise to a dozen events (its variants, prices,
 * links …), and an import to thousands, so what changed is looked up and read in batches: see
 * `ChangeBatcher`. An event that may touch more than a batch isn't answered here but queued by
 * `subscribers/queue-product-refresh.ts`, which hands the products over by `PRODUCTS_CHANGED`. What can't
 * be read is remembered, as most buses deliver an event once; see `maintenance/queue-missed-changes.ts`.
 */
export function eventConsumer<Product extends ProductRow>(source: ProductSource<Product>) {
  const batcher = new ChangeBatcher<SearchTypes.SearchIngestionContext, SearchTypes.SearchMutation>(
    BATCH_SIZE,
    (changes, context) => readChanged(changes, context, source)
  )
  return async (
    event: { name: string; data: unknown },
    context: SearchTypes.SearchIngestionContext
  ): Promise<SearchTypes.SearchMutation[]> => {
    const ids = eventIds(event.data)
    if (source.events.isDeletion(event)) {
      return ids.length ? [{ action: "delete", filters: { id: ids } }] : []
    }
    if (source.events.isWide(event, BATCH_SIZE)) {
      return []
    }
    try {
      return await batcher.add(
        ids.map((id) => toChange(event.name, id)),
        context
      )
    } catch (error) {
      missedEvents.add(event.name, ids)
      throw error
    }
  }
}

/** One id of one event. No event's name has a blank. */
function toChange(event: string, id: string): string {
  return `${event} ${id}`
}

/** The ids of changes, by their events. */
function byEvent(changes: string[]): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const change of changes) {
    const blank = change.indexOf(" ")
    const event = change.slice(0, blank)
    ids.set(event, [...(ids.get(event) ?? []), change.slice(blank + 1)])
  }
  return ids
}

async function readChanged<Product extends ProductRow>(
  changes: string[],
  context: SearchTypes.SearchIngestionContext,
  source: ProductSource<Product>
): Promise<SearchTypes.SearchMutation[]> {
  const changed = new Set<string>()
  for (const [event, ids] of byEvent(changes)) {
    for await (const page of source.events.productIds(event, ids, context.container.query)) {
      page.forEach((id) => changed.add(id))
    }
  }
  const ids = [...changed].sort()
  const mutations: SearchTypes.SearchMutation[] = []
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    const batch = ids.slice(start, start + BATCH_SIZE)
    const { documents, at } = await readDocuments(context, source, { filters: { id: batch } })
    mutations.push({ action: "upsert", documents })
    const found = new Set(documents.map(({ id }) => id))
    const gone = batch.filter((id) => !found.has(id))
    if (gone.length) {
      mutations.push(deletion(gone, at))
    }
  }
  return mutations
}

/**
 * Reads all products in the order of their ids, so that a run that was cut off goes on after the last
 * one. The catch-up run at a rebuild's end reads what was updated since, deleted ones included.
 */
export async function* seedProducts<Product extends ProductRow>(
  context: SearchTypes.SearchSeedContext,
  source: ProductSource<Product>
): AsyncGenerator<SearchTypes.SearchMutation[]> {
  yield* readInOrder(context, source)
  if (!context.catchup && !context.filters) {
    // A deletion, of nothing, has the module hand over what it still gathers for its last batch.
    yield [{ action: "delete", filters: { id: [] } }]
    await finishSeed(context.index.physical_name)
  }
}

async function* readInOrder<Product extends ProductRow>(
  context: SearchTypes.SearchSeedContext,
  source: ProductSource<Product>
): AsyncGenerator<SearchTypes.SearchMutation[]> {
  const { catchup } = context
  let after = context.last_key
  for (;;) {
    const conditions = [
      ...(context.filters ? [context.filters] : []),
      ...(catchup ? [{ updated_at: { $gte: catchup.since } }] : []),
      ...(after === undefined ? [] : [{ id: { $gt: after } }]),
    ]
    const { products, documents, at } = await readDocuments(context, source, {
      filters: conditions.length ? { $and: conditions } : {},
      pagination: { take: BATCH_SIZE, order: { id: "ASC" } },
      withDeleted: !!catchup,
    })
    if (!products.length) {
      return
    }
    const mutations: SearchTypes.SearchMutation[] = [{ action: "upsert", documents }]
    const deleted = products.filter(isDeleted).map(({ id }) => id)
    if (deleted.length) {
      mutations.push(deletion(deleted, at))
    }
    yield mutations
    if (products.length < BATCH_SIZE) {
      return
    }
    after = products[products.length - 1].id
  }
}

/** Reads products, and the documents of those that aren't deleted. */
async function readDocuments<Product extends ProductRow>(
  { container }: SearchTypes.SearchIngestionContext,
  { graphFields, prices, translations, build }: ProductSource<Product>,
  input: { filters: Record<string, unknown>; pagination?: object; withDeleted?: boolean }
): Promise<Reading<Product>> {
  const { query } = container
  const at = beginReading()
  const { data } = await query.graph({
    entity: "product",
    fields: input.withDeleted ? [...graphFields, "deleted_at"] : graphFields,
    ...input,
  } as Parameters<typeof query.graph>[0])
  const products = data as Product[]
  const alive = products.filter((product) => !isDeleted(product))
  const pricesOf = await readPrices(query, alive, prices)
  const translationsOf = await translations.read(container, alive)
  const documents = alive.map((product) =>
    build(product, pricesOf(product), translationsOf(product))
  )
  return { documents: markReadingTime(documents, at), products, at }
}

function isDeleted(product: ProductRow): boolean {
  return !!product.deleted_at
}

function deletion(ids: string[], at: Date): SearchTypes.SearchMutation {
  const [filters] = markReadingTime([{ id: ids }], at)
  return { action: "delete", filters }
}
