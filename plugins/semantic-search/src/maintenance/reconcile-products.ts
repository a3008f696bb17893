import type {
  ISearchModuleService,
  Logger,
  MedusaContainer,
  SearchTypes,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"

/** What a reconciliation found. */
export interface ReconcileReport {
  index: string
  /** Documents compared. */
  compared: number
  /** Documents that were missing or different, and are right now. */
  repaired: number
  /** Documents of products that are gone, and were removed. */
  removed: number
}

/**
 * Compares every product with its document, by content, and repairs what differs: changes whose event
 * was lost with a process, or that have no event, such as a product taken out of a category by the
 * category's own route. `updated_at` can't tell, since prices, stock, channels and categories don't
 * move it.
 *
 * @param index the index's name
 * @returns null where the index serves nothing yet: its first build will read everything anyway
 */
export async function reconcileProducts(
  container: MedusaContainer,
  index = "product"
): Promise<ReconcileReport | null> {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
  const search = container.resolve<ISearchModuleService>(Modules.SEARCH)
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const definition = search.getIndex(index)
  const comparison = await service.compareWith(definition.physical_name)
  if (!comparison) {
    return null
  }
  const report: ReconcileReport = { index, compared: 0, repaired: 0, removed: 0 }
  const context = {
    container: { query: container.resolve(ContainerRegistrationKeys.QUERY), logger },
    index: definition,
  } as SearchTypes.SearchSeedContext
  for await (const mutations of definition.seed(context)) {
    const documents = mutations.flatMap((mutation) =>
      mutation.action === "upsert" ? mutation.documents : []
    )
    const stale = new Set(await comparison.differing(documents))
    if (stale.size) {
      const changed = documents.filter(({ id }) => stale.has(id))
      await search.upsertDocuments({ index, documents: changed })
    }
    report.compared += documents.length
    report.repaired += stale.size
  }
  const gone = await comparison.unseen()
  if (gone.length) {
    await search.deleteDocuments({ index, filters: { [definition.primary_key]: gone } })
    report.removed = gone.length
  }
  if (report.repaired || report.removed) {
    logger.info(
      `[semantic-search] Reconciled "${index}": ${report.repaired} of ${report.compared} document(s) repaired, ${report.removed} removed`
    )
  }
  return report
}
