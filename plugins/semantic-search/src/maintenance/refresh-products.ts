import type {
  Event,
  ISearchModuleService,
  Logger,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { PRODUCTS_CHANGED } from "../indexes/product-events"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"

/** Products whose documents are built at a time. */
export const REFRESH_BATCH = 100

let running: Promise<void> | undefined
let wokenAgain = false

/**
 * Builds the documents of queued products anew, in the background and one batch at a time, so that other
 * events get their turn between two batches. One run at a time in a process; processes share the queue.
 *
 * @returns a promise of the end of the run, for who wants to wait; it fails never, but logs
 */
export function refreshQueuedProducts(container: MedusaContainer): Promise<void> {
  wokenAgain = true
  running ??= run(container).finally(() => {
    running = undefined
  })
  return running
}

async function run(container: MedusaContainer): Promise<void> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  try {
    while (wokenAgain) {
      wokenAgain = false
      let claim
      while ((claim = await service.claimForRefresh(REFRESH_BATCH))) {
        const refreshed = new Set(await refreshAsFarAsPossible(container, claim.ids))
        await service.completeRefresh(claim.marks.filter(({ id }) => refreshed.has(id)))
      }
    }
  } catch (error) {
    // What is queued stays queued; the job tries again.
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    logger.error(`[semantic-search] Refreshing products stopped: ${(error as Error).message}`)
  }
}

/** One product that can't be indexed must not keep those back that stand in its batch. */
async function refreshAsFarAsPossible(
  container: MedusaContainer,
  ids: string[]
): Promise<string[]> {
  try {
    await refreshNow(container, ids)
    return ids
  } catch (error) {
    if (ids.length === 1) {
      const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      // It stays queued and is tried again when its claim has run out.
      logger.error(
        `[semantic-search] Product "${ids[0]}" can't be indexed: ${(error as Error).message}`
      )
      return []
    }
  }
  const refreshed: string[] = []
  for (const id of ids) {
    refreshed.push(...(await refreshAsFarAsPossible(container, [id])))
  }
  return refreshed
}

/** Reads products and writes their documents, into every index that follows products. */
export async function refreshNow(container: MedusaContainer, ids: string[]): Promise<void> {
  const search = container.resolve<ISearchModuleService>(Modules.SEARCH)
  await search.ingest({ name: PRODUCTS_CHANGED, data: { id: ids } } as Event<unknown>)
}
