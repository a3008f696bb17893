import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { PRICE_LISTS_CHANGED } from "../indexes/product-events"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { queueChangedProducts } from "./queue-changed-products"

/**
 * Queues the products of price lists that have started or ended since the last look: a list that does so
 * by its dates emits nothing. The moment of the last look is kept in the database, so a list that started
 * while no process ran is found when one runs again.
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
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "price_list",
    fields: ["id"],
    filters: {
      $or: [{ starts_at: { $gt: since, $lte: until } }, { ends_at: { $gte: since, $lt: until } }],
    },
  } as Parameters<typeof query.graph>[0])
  const ids = data.map(({ id }: { id: string }) => id)
  if (ids.length) {
    await queueChangedProducts(container, { name: PRICE_LISTS_CHANGED, data: { id: ids } })
  }
  await service.endLookAtPriceLists(until)
  return ids
}
