import type { InternalModuleDeclaration, Logger } from "@medusajs/framework/types"
import { MedusaService } from "@medusajs/framework/utils"
import { validatePluginOptions } from "../../assistant/options"
import type { WorkOutcome } from "../../providers/pgvector/embedding-queue/embedding-worker"
import { replayFailedJobs } from "../../providers/pgvector/embedding-queue/fail-jobs"
import { pgvectorRuntime } from "../../providers/pgvector/runtime"
import { beginComparison, type Comparison } from "./compare"
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

  /** Queues anew the texts that were set aside after too many failures. Returns how many. */
  async replayFailed(): Promise<number> {
    const runtime = pgvectorRuntime()
    const replayed = runtime ? await replayFailedJobs(runtime.database) : 0
    runtime?.worker.wake()
    return replayed
  }

  /** Begins a comparison of the store with an index; undefined where none of its versions serves. */
  async compareWith(root: string): Promise<Comparison | undefined> {
    const runtime = pgvectorRuntime()
    return runtime && (await beginComparison(runtime, root))
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
    if (this.worksHere_) {
      runtime.worker.start()
      runtime.phrases.start()
    }
  }

  private async stop(): Promise<void> {
    const runtime = pgvectorRuntime()
    await runtime?.worker.stop()
    await runtime?.phrases.stop()
    await runtime?.embedder.close()
  }
}
