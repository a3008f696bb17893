import { randomUUID } from "node:crypto"
import type { Logger } from "@medusajs/framework/types"
import { type Embedder, EmbedderUnavailableError } from "../../../embedding"
import { ATTR_BATCH_SIZE, ATTR_MODEL, inSpan } from "../../../telemetry"
import type { StoreDatabase } from "../database"
import type { Extensions } from "../storage/extensions"
import type { IndexCatalogue } from "../storage/index-catalogue"
import { claimJobs, type EmbeddingJob } from "./claim-jobs"
import { completeJobs, type EmbeddedText } from "./complete-jobs"
import { failJob, releaseJobs } from "./fail-jobs"
import { requeueMissing } from "./requeue-missing"

/** Texts a claim: one transaction each, and as much as a crash makes another worker do again. */
const CLAIM_SIZE = 32

/** How often an idle worker looks for texts that another process queued, in milliseconds. */
export const POLL_INTERVAL_MS = 1_000

/** How long to leave an embedder alone that is down, in milliseconds. */
const UNAVAILABLE_PAUSE_MS = 2_000

/** How many idle looks between two searches for documents that nothing is queued for. */
const POLLS_PER_REPAIR = 15

/** What one look at the queue came to. */
export type WorkOutcome = "embedded" | "idle" | "unavailable"

export interface WorkerDependencies {
  database: StoreDatabase
  catalogue: IndexCatalogue
  extensions: () => Promise<Extensions>
  embedder: Embedder
  logger: Logger
}

/**
 * Empties the embedding queue: claims texts, embeds them, stores the vectors. Any number of workers, in
 * any number of processes, may run at once.
 */
export class EmbeddingWorker {
  private readonly id_ = randomUUID()
  private running_ = false
  private loop_: Promise<void> | undefined
  private wake_: (() => void) | undefined
  private reported_: string | undefined

  constructor(private readonly dependencies_: WorkerDependencies) {}

  /** Whether the loop runs in this process. */
  get running(): boolean {
    return this.running_
  }

  start(): void {
    if (!this.running_) {
      this.running_ = true
      this.loop_ = this.run()
    }
  }

  /** Ends the loop; resolves when the batch that is under way is stored. */
  async stop(): Promise<void> {
    this.running_ = false
    this.wake_?.()
    await this.loop_
  }

  /** Tells an idle loop that texts were queued in this process. */
  wake(): void {
    this.wake_?.()
  }

  /** Embeds one batch. It may be called whether the loop runs or not, in any process. */
  async work(): Promise<WorkOutcome> {
    const { database, embedder } = this.dependencies_
    const jobs = await claimJobs(database, {
      model: embedder.id,
      worker: this.id_,
      limit: CLAIM_SIZE,
    })
    if (!jobs.length) {
      return "idle"
    }
    const attributes = { [ATTR_MODEL]: embedder.id, [ATTR_BATCH_SIZE]: jobs.length }
    return await inSpan("semantic_search.queue.batch", attributes, () => this.process(jobs))
  }

  private async process(jobs: EmbeddingJob[]): Promise<WorkOutcome> {
    const { database, embedder } = this.dependencies_
    let embedded: EmbeddedText[]
    try {
      embedded = await this.embed(jobs)
    } catch (error) {
      const reason = (error as Error).message
      const hashes = jobs.map((job) => job.content_hash)
      await releaseJobs(database, { model: embedder.id, hashes, reason })
      this.report(`Texts can't be embedded at present: ${reason}`)
      return "unavailable"
    }
    this.reported_ = undefined
    await this.store(embedded)
    return "embedded"
  }

  /** Queues what waits for a vector without being queued. Returns how many documents that were. */
  async repair(): Promise<number> {
    const { database, catalogue, logger } = this.dependencies_
    let repaired = 0
    for (const index of await catalogue.list()) {
      repaired += await requeueMissing(database, index)
    }
    if (repaired) {
      logger.info(`[semantic-search] Queued ${repaired} document(s) that had lost their place`)
    }
    return repaired
  }

  /**
   * @throws EmbedderUnavailableError when the embedder is down; a text that fails by itself is marked
   * and left out, so that it doesn't hold up the others
   */
  private async embed(jobs: EmbeddingJob[]): Promise<EmbeddedText[]> {
    const { embedder } = this.dependencies_
    try {
      const vectors = await embedder.embed(jobs.map((job) => job.content))
      return jobs.map((job, i) => ({ content_hash: job.content_hash, vector: vectors[i] }))
    } catch (error) {
      if (error instanceof EmbedderUnavailableError) {
        throw error
      }
      if (jobs.length > 1) {
        const half = Math.ceil(jobs.length / 2)
        return [...(await this.embed(jobs.slice(0, half))), ...(await this.embed(jobs.slice(half)))]
      }
      await this.fail(jobs[0], (error as Error).message)
      return []
    }
  }

  private async fail(job: EmbeddingJob, reason: string): Promise<void> {
    const { database, embedder, logger } = this.dependencies_
    await failJob(database, { model: embedder.id, content_hash: job.content_hash, reason })
    logger.warn(
      `[semantic-search] A text can't be embedded (attempt ${job.attempts + 1}): ${reason}. It begins: ${job.content.slice(0, 80)}`
    )
  }

  private async store(embedded: EmbeddedText[]): Promise<void> {
    if (!embedded.length) {
      return
    }
    const { database, catalogue, embedder } = this.dependencies_
    const [extensions, indexes] = [await this.dependencies_.extensions(), await catalogue.list()]
    const attributes = { [ATTR_MODEL]: embedder.id, [ATTR_BATCH_SIZE]: embedded.length }
    await inSpan("semantic_search.queue.complete", attributes, () =>
      database.transaction((transaction) =>
        completeJobs(transaction, extensions, indexes, { model: embedder.id, embedded })
      )
    )
  }

  private async run(): Promise<void> {
    let polls = 0
    while (this.running_) {
      const outcome = await this.work().catch((error: Error): WorkOutcome => {
        this.report(`The embedding worker can't reach its queue: ${error.message}`)
        return "unavailable"
      })
      if (outcome === "embedded") {
        continue
      }
      if (outcome === "idle" && polls++ % POLLS_PER_REPAIR === 0) {
        await this.repair().catch((error: Error) => this.report(error.message))
      }
      await this.pause(outcome === "idle" ? POLL_INTERVAL_MS : UNAVAILABLE_PAUSE_MS)
    }
  }

  /** Waits, no longer than `ms`, until there may be something to do. */
  private async pause(ms: number): Promise<void> {
    if (!this.running_) {
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      this.wake_ = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.wake_ = undefined
  }

  /** Logs a lasting trouble once, not every two seconds. */
  private report(message: string): void {
    if (this.reported_ !== message) {
      this.reported_ = message
      this.dependencies_.logger.warn(`[semantic-search] ${message}`)
    }
  }
}
