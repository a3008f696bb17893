import type { MedusaContainer } from "@medusajs/framework/types"
import { reconcileProducts } from "../maintenance/reconcile-products"
import { ATTR_COMPARED, ATTR_REMOVED, ATTR_REPAIRED, inSpan } from "../telemetry"

/** A minute's pulse, of which most beats do nothing. */
const SCHEDULE = "* * * * *"

/** How often everything is compared, in milliseconds. */
const INTERVAL_MS = 15 * 60_000

let lastRun = Number.NEGATIVE_INFINITY
let running = false

/**
 * Finds what no event told, or what an event told a process that died. It runs soon after each start,
 * since a start may follow a crash, and then every quarter of an hour.
 */
export default async function reconcileProductsJob(container: MedusaContainer): Promise<void> {
  if (running || Date.now() - lastRun < INTERVAL_MS) {
    return
  }
  running = true
  try {
    await inSpan("semantic_search.reconcile", {}, async (span) => {
      const report = await reconcileProducts(container)
      span.setAttributes({
        [ATTR_COMPARED]: report?.compared,
        [ATTR_REPAIRED]: report?.repaired,
        [ATTR_REMOVED]: report?.removed,
      })
    })
    lastRun = Date.now()
  } finally {
    running = false
  }
}

export const config = {
  name: "semantic-search-reconcile-products",
  schedule: SCHEDULE,
}
