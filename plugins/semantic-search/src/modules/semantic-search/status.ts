import {
  queueStatus,
  type QueueStatus,
  vectorCoverage,
  type VectorCoverage,
} from "../../providers/pgvector/embedding-queue/queue-status"
import { UNDEFINED_TABLE } from "../../providers/pgvector/errors"
import type { PgvectorRuntime } from "../../providers/pgvector/runtime"
import type { PhysicalIndex } from "../../providers/pgvector/storage/index-catalogue"
import { countForRefresh } from "../../providers/pgvector/storage/refresh-queue"
import { activeIndexNames } from "../../providers/pgvector/storage/active-indexes"
import { listReconciliations, type ReconcileProgress } from "./reconcile-progress"

/** How semantic search stands, as figures. What they mean is the doctor's to say. */
export interface SemanticSearchStatus {
  /** Whether the `pgvector` provider is registered; without it the rest is empty. */
  registered: boolean
  /** The database's extensions: pgvector's version, or why they can't be used. */
  extension: { version: string | null; error: string | null }
  embedder: { model: string | null; ready: boolean; error: string | null }
  /** Whether the embedding worker runs in the process that answers. */
  worker_running: boolean
  indexes: IndexVersionStatus[]
  queue: QueueStatus
  /** Products whose documents wait to be built anew. */
  refresh_waiting: number
  /** The last comparison of each index with the store, or the one that is going on. */
  reconciliations: ReconcileProgress[]
}

/** A physical index: one version of a logical one. */
export interface IndexVersionStatus extends VectorCoverage {
  name: string
  /** What the versions of an index share. */
  root: string
  version: number
  /** Whether this version serves reads. */
  active: boolean
  /** The embedding model of its vectors; null for an index without embedded vectors. */
  model: string | null
}

const EMPTY_QUEUE: QueueStatus = { waiting: 0, oldest_seconds: 0, failed: 0, last_error: null }

export async function readStatus(
  runtime: PgvectorRuntime | undefined
): Promise<SemanticSearchStatus> {
  if (!runtime) {
    return {
      registered: false,
      extension: { version: null, error: null },
      embedder: { model: null, ready: false, error: null },
      worker_running: false,
      indexes: [],
      queue: EMPTY_QUEUE,
      refresh_waiting: 0,
      reconciliations: [],
    }
  }
  const { database, catalogue, embedder, worker } = runtime
  const [extension, health] = await Promise.all([
    runtime.extensions().then(
      ({ vector_version }) => ({ version: vector_version, error: null }),
      (error: Error) => ({ version: null, error: error.message })
    ),
    embedder.health(),
  ])
  const activeNames = await activeIndexNames(database)
  const indexes: IndexVersionStatus[] = []
  for (const index of await catalogue.list()) {
    const { name, root, version, plan } = index
    const model = plan.vectors.find((vector) => vector.embedded)?.embedded?.model ?? null
    const active = activeNames.has(name)
    const coverage = await coverageOf(database, index)
    if (coverage) {
      indexes.push({ name, root, version, active, model, ...coverage })
    }
  }
  return {
    registered: true,
    extension,
    embedder: {
      model: embedder.id,
      ready: health.ok,
      error: health.ok ? null : health.reason,
    },
    worker_running: worker.running,
    indexes,
    queue: await queueStatus(database, embedder.id),
    refresh_waiting: await countForRefresh(database),
    reconciliations: await listReconciliations(runtime),
  }
}

/** Undefined for a version that was dropped a moment ago, as at the beginning and end of a rebuild. */
async function coverageOf(
  database: PgvectorRuntime["database"],
  index: PhysicalIndex
): Promise<VectorCoverage | undefined> {
  try {
    return await vectorCoverage(database, index)
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) {
      return undefined
    }
    throw error
  }
}
