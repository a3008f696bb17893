import type { SemanticSearchStatus } from "../modules/semantic-search/status"

/** Something that is wrong, and the one sentence that mends it. */
export interface Finding {
  severity: "error" | "warning"
  problem: string
  remedy: string
  /** The same for whoever reads it on the admin's page, where that has a button for it. */
  admin_remedy?: string
}

/** A logical index, with its active version as the Search Module has it. */
export interface IndexState {
  name: string
  /** The Search Module's word: pending, building, ready, error. */
  status: string
  /** The physical index that serves reads; null before the first build. */
  active: SemanticSearchStatus["indexes"][number] | null
  /** A newer version that isn't serving yet. */
  building: SemanticSearchStatus["indexes"][number] | null
}

/** A text that waits longer than this isn't just next in line, in seconds. */
const QUEUE_AGE_LIMIT_SECONDS = 120

/** Reads figures as a doctor would. An empty list: all is well. */
export function findings(
  status: SemanticSearchStatus,
  indexes: IndexState[],
  { workerExpected }: { workerExpected: boolean }
): Finding[] {
  if (!status.registered) {
    return [
      {
        severity: "error",
        problem: `The "pgvector" search provider isn't registered.`,
        remedy: `Add it to the Search Module's "providers" in medusa-config.ts, name it as "default_provider", and restart.`,
      },
    ]
  }
  return [
    ...extensionFindings(status),
    ...embedderFindings(status),
    ...indexes.flatMap(indexFindings),
    ...queueFindings(status, workerExpected),
    ...(indexes.length ? [] : [NO_INDEX]),
  ]
}

const NO_INDEX: Finding = {
  severity: "error",
  problem: "No search index is bound to the pgvector provider.",
  remedy: `Call defineSemanticProductIndex({ currencies: ["eur"] }) in src/search/product.ts and run "npx medusa db:migrate".`,
}

function extensionFindings({ extension }: SemanticSearchStatus): Finding[] {
  if (extension.error) {
    return [
      {
        severity: "error",
        problem: extension.error,
        remedy: "Do as said; the store notices by itself.",
      },
    ]
  }
  return []
}

function embedderFindings({ embedder }: SemanticSearchStatus): Finding[] {
  if (embedder.ready) {
    return []
  }
  return [
    {
      severity: "error",
      problem: `Texts can't be embedded, so search goes by keyword only: ${embedder.error}`,
      remedy: `Provide the weights or correct the provider's "embedder" option; vectors catch up on their own.`,
    },
  ]
}

function indexFindings({ name, status, active, building }: IndexState): Finding[] {
  if (building) {
    return [
      {
        severity: "warning",
        problem: `A new version of "${name}" is being built: ${building.with_vector} of ${building.embeddable} documents have their vectors.`,
        remedy: `Wait; if it doesn't advance, see that a worker process runs (MEDUSA_WORKER_MODE "worker" or "shared").`,
      },
    ]
  }
  if (!active) {
    return [
      {
        severity: "error",
        problem: `Index "${name}" has never been built (${status}).`,
        remedy: `Run "npx medusa db:migrate" and start a worker process: it builds the index at start.`,
      },
    ]
  }
  if (!active.documents) {
    return [
      {
        severity: "error",
        problem: `Index "${name}" is empty.`,
        remedy: `If the store has products, rebuild the index: Settings → Search in the admin, or POST /admin/search-indexes/${name}/reindex.`,
      },
    ]
  }
  if (active.with_vector < active.embeddable) {
    const missing = active.embeddable - active.with_vector
    return [
      {
        severity: "warning",
        problem: `${missing} of ${active.documents} documents of "${name}" have no vector yet and are found by keyword only.`,
        remedy: "They are queued; see the embedder and the queue if the number doesn't fall.",
      },
    ]
  }
  return []
}

function queueFindings(
  { queue, worker_running }: SemanticSearchStatus,
  workerExpected: boolean
): Finding[] {
  const found: Finding[] = []
  if (queue.failed) {
    found.push({
      severity: "error",
      problem: `${queue.failed} text(s) were set aside after repeated failures; the last error: ${queue.last_error}`,
      remedy: `Mend the cause, then replay them: the script "queue" with "replay", or POST /admin/semantic-search/replay.`,
      admin_remedy: `Mend the cause, then press "Replay all" below.`,
    })
  }
  if (workerExpected && !worker_running) {
    found.push({
      severity: "error",
      problem: "The embedding worker doesn't run in this process.",
      remedy: "Restart the process and look in its log for why the worker stopped.",
    })
  }
  if (queue.oldest_seconds > QUEUE_AGE_LIMIT_SECONDS) {
    found.push({
      severity: "warning",
      problem: `${queue.waiting} text(s) wait to be embedded, the oldest for ${Math.round(queue.oldest_seconds)} s.`,
      remedy: `Start a worker process (MEDUSA_WORKER_MODE "worker" or "shared"), or more of them.`,
    })
  }
  return found
}
