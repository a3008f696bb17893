import { setTimeout as sleep } from "node:timers/promises"
import type { Logger, SearchTypes } from "@medusajs/framework/types"
import type { StoreDatabase } from "../database"
import type { IndexCatalogue, PhysicalIndex } from "../storage/index-catalogue"
import type { EmbeddingWorker } from "./embedding-worker"
import { waitingDocuments } from "./queue-status"

/**
 * How long the vectors may fail to come nearer before the wait ends, in milliseconds. It outlasts all
 * attempts at a text that fails by itself (2 + 4 + 8 + 16 s), so that one such text fails no rebuild.
 */
export const STALL_LIMIT_MS = 45_000

/** The pause between two looks while another worker has the texts, in milliseconds. */
const LOOK_AGAIN_MS = 200

export interface WaitDependencies {
  database: StoreDatabase
  catalogue: IndexCatalogue
  worker: EmbeddingWorker
  logger: Logger
  /** @defaultValue STALL_LIMIT_MS */
  stallLimitMs?: number
}

/**
 * Waits until every document of an index has its vectors, embedding in this process meanwhile: in a
 * `server` process or under `medusa exec` there may be no other worker.
 *
 * When no vector comes for a while (the weights are missing, the server is down) the answer depends on
 * what would go live. A first version does: words alone are better than no search, and the vectors
 * catch up. A later version fails, since the one before it, vectors and all, is still there to serve.
 */
export async function waitForVectors(
  task: SearchTypes.SearchTask,
  index: PhysicalIndex,
  { database, catalogue, worker, logger, stallLimitMs = STALL_LIMIT_MS }: WaitDependencies
): Promise<SearchTypes.SearchTask> {
  let fewest = Number.POSITIVE_INFINITY
  let progressAt = Date.now()
  for (;;) {
    const waiting = await waitingDocuments(database, index)
    if (!waiting) {
      return { ...task, status: "succeeded" }
    }
    // An embedder that asked to be left alone for a while (a quota) isn't one that is down.
    if (waiting < fewest || worker.leftAloneFor) {
      fewest = waiting
      progressAt = Date.now()
    }
    if (Date.now() - progressAt > stallLimitMs) {
      break
    }
    const outcome = await worker.work()
    if (outcome !== "embedded") {
      await sleep(LOOK_AGAIN_MS)
    }
  }
  const older = (await catalogue.list(index.root)).some(({ version }) => version < index.version)
  const message = `${fewest} document(s) of "${index.name}" wait for vectors that don't come. Run the plugin's doctor to see why.`
  if (older) {
    return { ...task, status: "failed", error: { message } }
  }
  logger.warn(`[semantic-search] ${message} The index goes live for search by keyword.`)
  return { ...task, status: "succeeded" }
}
