import type { InternalModuleDeclaration, Logger } from "@medusajs/framework/types"
import { MedusaService } from "@medusajs/framework/utils"
import { validatePluginOptions } from "../../assistant/options"
import type { WorkOutcome } from "../../providers/pgvector/embedding-queue/embedding-worker"
import {
  discardTexts,
  queueContents,
  type QueuePage,
  type QueueState,
  replayTexts,
} from "../../providers/pgvector/embedding-queue/queue-contents"
import { pgvectorRuntime } from "../../providers/pgvector/runtime"
import {
  claimForRefresh,
  completeRefresh,
  queueForRefresh,
  type RefreshClaim,
} from "../../providers/pgvector/storage/refresh-queue"
import { beginComparison, type Comparison } from "./compare"
import { ProcessLease, takeLostProcesses } from "./process-lease"
import { beginLookAtPriceLists, endLookAtPriceLists, type PriceListLook } from "./price-list-look"
import {
  databaseStartedAt,
  listReconciliations,
  type ReconcileProgress,
  saveReconciliation,
  takeReconciliation,
} from "./reconcile-progress"
import { observeState } from "../../telemetry"
import { readObservedState } from "./observed-state"
import { readStatus, type SemanticSearchStatus } from "./status"

interface Container {
  logger: Logger
}

/**
 * The part of the plugin that lives as long as the application does: it starts and stops the embedding
 * worker of the `pgvector` provider, which has no life cycle of its own, and says how things stand.
 */
export default class SemanticSearchModuleService extends MedusaService({}) {
  private readonly logger_: Logger
  private readonly worksHere_: boolean
  private stopObserving_: (() => void) | undefined
  private lease_: ProcessLease | undefined

  readonly __hooks = {
    onApplicationStart: async () => this.start(),
    onApplicationPrepareShutdown: async () => this.stop(),
    onApplicationShutdown: async () => this.stop(),
  }

  constructor(
    { logger }: Container,
    options: Record<string, unknown> | undefined,
    declaration?: InternalModuleDeclaration
  ) {
    // eslint-disable-next-line prefer-rest-params
    super(...(arguments as unknown as []))
    // Medusa gives a plugin's options to its modules: the first place in which wrong ones can stop the boot.
    validatePluginOptions(options)
    this.logger_ = logger
    // A process that only serves requests leaves embedding to the workers.
    this.worksHere_ = declaration?.worker_mode !== "server"
  }

  /** What the doctor, the admin and a readiness check want to know. */
  async status(): Promise<SemanticSearchStatus> {
    return await readStatus(pgvectorRuntime())
  }

  /** The texts of the queue that are in a state; none where the provider isn't registered. */
  async listQueue(page: { state: QueueState; limit: number; offset: number }): Promise<QueuePage> {
    const runtime = pgvectorRuntime()
    if (!runtime) {
      return { texts: [], count: 0 }
    }
    const { database, catalogue, embedder } = runtime
    return await queueContents(database, await catalogue.list(), { model: embedder.id, ...page })
  }

  /**
   * Queues anew texts that were set aside after too many failures: all of them, or those that are named.
   * Returns how many.
   */
  async replayFailed(ids?: string[]): Promise<number> {
    const runtime = pgvectorRuntime()
    const replayed = runtime
      ? await replayTexts(runtime.database, { model: runtime.embedder.id, ids })
      : 0
    runtime?.worker.wake()
    return replayed
  }

  /** Gives up texts that were set aside, so that nothing reports them any more. Returns how many. */
  async discardFailed(ids: string[]): Promise<number> {
    const runtime = pgvectorRuntime()
    return runtime ? await discardTexts(runtime.database, { model: runtime.embedder.id, ids }) : 0
  }

  /** Begins a comparison of the store with an index; undefined where none of its versions serves. */
  async compareWith(root: string): Promise<Comparison | undefined> {
    const runtime = pgvectorRuntime()
    return runtime && (await beginComparison(runtime, root))
  }

  /** See `takeReconciliation`. */
  async takeReconciliation(index: string): Promise<ReconcileProgress | "busy" | undefined> {
    const runtime = pgvectorRuntime()
    return runtime && (await takeReconciliation(runtime, index))
  }

  /** Keeps how far a reconciliation has come. */
  async saveReconciliation(progress: ReconcileProgress): Promise<void> {
    const runtime = pgvectorRuntime()
    if (runtime) {
      await saveReconciliation(runtime, progress)
    }
  }

  /**
   * The last reconciliation of each index, or the one that is going on, and since when Postgres runs; the
   * beginning of time where the provider isn't registered.
   */
  async lastReconciliations(): Promise<{ runs: ReconcileProgress[]; databaseStartedAt: Date }> {
    const runtime = pgvectorRuntime()
    return runtime
      ? {
          runs: await listReconciliations(runtime),
          databaseStartedAt: await databaseStartedAt(runtime),
        }
      : { runs: [], databaseStartedAt: new Date(0) }
  }

  /** How many processes of the shop have gone without a farewell, such as by a crash; told once. */
  async takeLostProcesses(): Promise<number> {
    const runtime = pgvectorRuntime()
    return runtime ? await takeLostProcesses(runtime.database) : 0
  }

  /** The ids of documents that live writes failed to write, by their indexes' roots; told once. */
  takeUnwritten(): Map<string, string[]> {
    return pgvectorRuntime()?.unwritten.take() ?? new Map()
  }

  /** Queues products whose documents are to be built anew; false where there is no queue. */
  async queueForRefresh(ids: string[]): Promise<boolean> {
    const runtime = pgvectorRuntime()
    if (runtime) {
      await queueForRefresh(runtime.database, ids)
    }
    return !!runtime
  }

  /** Takes queued products in hand, those that have waited longest; undefined when none waits. */
  async claimForRefresh(limit: number): Promise<RefreshClaim | undefined> {
    const runtime = pgvectorRuntime()
    return runtime && (await claimForRefresh(runtime.database, limit))
  }

  /** Takes refreshed products out of the queue. */
  async completeRefresh(marks: RefreshClaim["marks"]): Promise<void> {
    const runtime = pgvectorRuntime()
    if (runtime) {
      await completeRefresh(runtime.database, marks)
    }
  }

  /**
   * The time since the last look at price lists, up to `now`; undefined where there was none before, or
   * no place to remember it.
   */
  async beginLookAtPriceLists(now?: Date): Promise<PriceListLook | undefined> {
    const runtime = pgvectorRuntime()
    return runtime && (await beginLookAtPriceLists(runtime, now))
  }

  /** Remembers up to when price lists have been looked at, and which edits were seen. */
  async endLookAtPriceLists(look: Pick<PriceListLook, "until" | "seen">): Promise<void> {
    const runtime = pgvectorRuntime()
    if (runtime) {
      await endLookAtPriceLists(runtime, look)
    }
  }

  /** Embeds one batch of waiting texts in this process; "absent" where the provider isn't registered. */
  async work(): Promise<WorkOutcome | "absent"> {
    return (await pgvectorRuntime()?.worker.work()) ?? "absent"
  }

  private start(): void {
    const runtime = pgvectorRuntime()
    if (!runtime) {
      this.logger_.warn(
        `[semantic-search] The "pgvector" search provider isn't registered, so nothing is searched by meaning. Add it to the Search Module's providers in medusa-config.ts.`
      )
      return
    }
    // Both processes that search and those that index need the model; the first shopper needn't wait.
    void runtime.embedder.health().then((health) => {
      if (!health.ok) {
        this.logger_.warn(`[semantic-search] Search goes by keyword only: ${health.reason}`)
      }
    })
    this.stopObserving_ = observeState(() => readObservedState(runtime))
    this.lease_ = new ProcessLease(runtime.database)
    this.lease_.start()
    if (this.worksHere_) {
      runtime.worker.start()
      runtime.phrases.start()
    }
  }

  private async stop(): Promise<void> {
    const runtime = pgvectorRuntime()
    this.stopObserving_?.()
    await runtime?.worker.stop()
    await runtime?.phrases.stop()
    await this.lease_?.stop()
    await runtime?.embedder.close()
  }
}
