import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { PRICE_LISTS_CHANGED } from "../indexes/product-events"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { queueProductsOf } from "./queue-changed-products"

/**
 * How long before the last look an edit is still looked for, in milliseconds. A list bears the time of
 * the process that edited it, whose clock may be behind the database's, and isn't seen before it is
 * committed.
 */
const OVERLAP_MS = 60_000

interface PriceListRow {
  id: string
  updated_at: Date | string
}

/**
 * Queues the products of price lists that have started or ended by their dates since the last look, or
 * were edited: neither emits anything. The moment of the last look is kept in the database, so a list
 * that started while no process ran is found when one runs again.
 *
 * @param options.now the moment up to which is looked. Default: the database's clock, by which Medusa
 * decides which lists count
 * @returns the ids of these lists
 */
export async function queueDuePriceLists(
  container: MedusaContainer,
  { now }: { now?: Date } = {}
): Promise<string[]> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const look = await service.beginLookAtPriceLists(now)
  if (!look) {
    return []
  }
  const { since, until } = look
  const due = await listPriceLists(container, {
    $or: [{ starts_at: { $gt: since, $lte: until } }, { ends_at: { $gte: since, $lt: until } }],
  })
  const edited = await listPriceLists(container, {
    updated_at: { $gt: new Date(since.getTime() - OVERLAP_MS) },
  })
  const seen = new Set(look.seen)
  const unseen = edited.filter((list) => !seen.has(editOf(list)))
  const ids = [...new Set([...due, ...unseen].map(({ id }) => id))]
  if (ids.length) {
    await queueProductsOf(container, { name: PRICE_LISTS_CHANGED, data: { id: ids } })
  }
  await service.endLookAtPriceLists({ until, seen: edited.map(editOf) })
  return ids
}

async function listPriceLists(
  container: MedusaContainer,
  filters: Record<string, unknown>
): Promise<PriceListRow[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "price_list",
    fields: ["id", "updated_at"],
    filters,
  } as Parameters<typeof query.graph>[0])
  return data as unknown as PriceListRow[]
}

/** One edit of a list: the same list at another time is another edit. */
function editOf({ id, updated_at }: PriceListRow): string {
  return `${id} ${new Date(updated_at).toISOString()}`
}
