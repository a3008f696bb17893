import type { MedusaContainer } from "@medusajs/framework/types"
import { registeredProductIndexes } from "../indexes/registered-indexes"
import { reconcileProducts } from "../maintenance"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type { ReconcileProgress } from "../modules/semantic-search/reconcile-progress"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import { ATTR_COMPARED, ATTR_REMOVED, ATTR_REPAIRED, inSpan } from "../telemetry"

/** A minute's pulse, of which most beats do nothing. */
const SCHEDULE = "* * * * *"

/** How often everything is compared, in milliseconds. */
const INTERVAL_MS = 15 * 60_000

const STARTED_AT = Date.now()

/**
 * Finds what no event told, or what an event told a process that died. It runs within a minute of each
 * start, since a start may follow a crash, and then every quarter of an hour; of several processes one
 * does it for all.
 */
export default async function reconcileProductsJob(container: MedusaContainer): Promise<void> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const runs = await service.listReconciliations()
  for (const index of registeredProductIndexes().keys()) {
    if (isDue(runs.find((run) => run.index === index))) {
      await inSpan("semantic_search.reconcile", {}, async (span) => {
        const run = await reconcileProducts(container, { index })
        if (run.outcome === "finished") {
          span.setAttributes({
            [ATTR_COMPARED]: run.report.compared,
            [ATTR_REPAIRED]: run.report.missing + run.report.different,
            [ATTR_REMOVED]: run.report.extra,
          })
        }
      })
    }
  }
}

/** A run that was cut off is gone on with, and then done anew: much may have changed behind it. */
function isDue(last: ReconcileProgress | undefined): boolean {
  return (
    !last?.finished_at || Date.parse(last.began_at) < Math.max(STARTED_AT, Date.now() - INTERVAL_MS)
  )
}

export const config = {
  name: "semantic-search-reconcile-products",
  schedule: SCHEDULE,
}
