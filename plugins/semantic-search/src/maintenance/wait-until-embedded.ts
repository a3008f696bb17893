import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"

export interface EmbeddingProgress {
  /** Documents of serving indexes that have their vector. */
  embedded: number
  /** Documents of serving indexes that need one. */
  total: number
}

/** How often progress is looked at, in milliseconds. */
const INTERVAL_MS = 1_000

/**
 * Waits until every document that is searched has its vector, embedding in this process meanwhile. It
 * ends early when texts can't be embedded at all: they stay queued for a process that can.
 */
export async function waitUntilEmbedded(
  container: MedusaContainer,
  onProgress?: (progress: EmbeddingProgress) => void
): Promise<EmbeddingProgress> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  let reportAt = 0
  for (;;) {
    const outcome = await service.work()
    if (outcome === "embedded" && Date.now() < reportAt) {
      continue
    }
    const progress = await coverage(service)
    onProgress?.(progress)
    reportAt = Date.now() + INTERVAL_MS
    if (progress.embedded >= progress.total || outcome === "unavailable" || outcome === "absent") {
      return progress
    }
    if (outcome === "idle") {
      // Another process has the rest in hand, or some were set aside.
      if (!(await service.status()).queue.waiting) {
        return progress
      }
      await sleep(INTERVAL_MS)
    }
  }
}

async function coverage(service: SemanticSearchModuleService): Promise<EmbeddingProgress> {
  const serving = (await service.status()).indexes.filter(({ active }) => active)
  return {
    embedded: serving.reduce((sum, index) => sum + index.with_vector, 0),
    total: serving.reduce((sum, index) => sum + index.embeddable, 0),
  }
}
