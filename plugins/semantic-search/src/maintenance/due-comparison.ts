import type { MedusaContainer } from "@medusajs/framework/types"
import { registeredProductIndexes } from "../indexes/registered-indexes"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type { ReconcileProgress } from "../modules/semantic-search/reconcile-progress"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { reconcileProducts } from "./reconcile-products"

/** How often everything is compared where nothing asks for it, in milliseconds. */
const INTERVAL_MS = 15 * 60_000

/** How long after a comparison that failed the next one is tried, in milliseconds. */
const RETRY_MS = 15_000

/** Since when events may have been lost: at first the start of the process, as it may follow a crash. */
let owedSince = Date.now()

/** When a comparison of an index failed in this process. */
const failedAt = new Map<string, number>()

/** Says that events may have been lost just now, so that what was compared before says nothing. */
export function oweComparison(): void {
  owedSince = Date.now()
}

/**
 * Compares the indexes of products with the store, where that is due:
 *
 * - since this process, or Postgres, has started: a start may follow a crash, and what was in hand then
 *   is lost;
 * - since another process of the shop has gone without a farewell;
 * - since a look like this one couldn't read from the database, or `oweComparison` was called;
 * - a quarter of an hour after the last comparison began;
 * - where a comparison was cut off: it is gone on with, and then done anew, as much may have changed
 *   behind it.
 *
 * Of several processes one does it for all.
 */
export async function compareWhereDue(container: MedusaContainer): Promise<void> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const { runs, databaseStartedAt, lostProcesses } = await look(service).catch((error) => {
    oweComparison()
    throw error
  })
  if (lostProcesses) {
    oweComparison()
  }
  const since = Math.max(owedSince, databaseStartedAt.getTime(), Date.now() - INTERVAL_MS)
  for (const index of registeredProductIndexes().keys()) {
    const last = runs.find((run) => run.index === index)
    if (isDue(last, since) && Date.now() - (failedAt.get(index) ?? 0) >= RETRY_MS) {
      await compare(container, index)
    }
  }
}

async function look(service: SemanticSearchModuleService) {
  const lostProcesses = await service.takeLostProcesses()
  return { ...(await service.lastReconciliations()), lostProcesses }
}

function isDue(last: ReconcileProgress | undefined, since: number): boolean {
  return !last?.finished_at || Date.parse(last.began_at) < since
}

async function compare(container: MedusaContainer, index: string): Promise<void> {
  try {
    await reconcileProducts(container, { index })
    failedAt.delete(index)
  } catch (error) {
    failedAt.set(index, Date.now())
    throw error
  }
}
