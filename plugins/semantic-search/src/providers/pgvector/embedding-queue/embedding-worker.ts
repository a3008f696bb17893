import { AsyncResource } from "node:async_hooks"
import { randomUUID } from "node:crypto"
import type { Logger } from "@medusajs/framework/types"
import pLimit from "p-limit"
import { type Embedder, EmbedderUnavailableError } from "../../../embedding"
import { ATTR_BATCH_SIZE, ATTR_MODEL, inSpan } from "../../../telemetry"
import type { StoreDatabase } from "../database"
import type { Extensions } from "../storage/extensions"
import type { IndexCatalogue, PhysicalIndex } from "../storage/index-catalogue"
import { CHANGED_SHARE, refreshTermCounts } from "../storage/statistics"
import { buildVectorIndexes } from "../storage/vector-indexes"
import { claimJobs, type EmbeddingJob, LEASE_SECONDS } from "./claim-jobs"
import { completeJobs, type EmbeddedText } from "./complete-jobs"
import { embedJobs } from "./embed-jobs"
import { failJob, releaseJobs } from "./fail-jobs"
import { Leases } from "./leases"
import { prune } from "./prune"
import { vectorCoverage } from "./queue-status"
import { requeueMissing } from "./requeue-missing"

/** How often an idle worker looks for texts that another process queued, in milliseconds. */
export const POLL_INTERVAL_MS = 1_000

/** How long to leave an embedder alone that is down and doesn't say for how long, in milliseconds. */
const UNAVAILABLE_PAUSE_MS = 2_000

/** How many idle looks between two searches for documents that nothing is queued for. */
const POLLS_PER_REPAIR = 15

/** How long between two prunings, in milliseconds. */
const PRUNE_INTERVAL_MS = 3_600_000

/** How long a round of work takes on new texts, in milliseconds. */
const ROUND_MS = 3_000

/** How often vectors are stored anew that were in the way of another transaction. */
const MAX_STORE_ATTEMPTS = 3

/** What Postgres says when two transactions wait for each other, or can't be put in an order. */
const CONFLICTS = new Set(["40P01", "40001"])

/** What one round of work came to. */
export type WorkOutcome = "embedded" | "idle" | "unavailable"

export interface WorkerDependencies {
  database: StoreDatabase
  catalogue: IndexCatalogue
  extensions: () => Promise<Extensions>
  embedder: Embedder
  logger: Logger
  /** @defaultValue LEASE_SECONDS */
  leaseSeconds?: number
}

/**
 * Empties the embedding queue: claims texts, embeds them, stores the vectors. Any number of workers, in
 * any number of processes, may run at once.
 *
 * A round of work has several lanes, each with a batch of its own: while one claims or stores, the model
 * is at the batch of another. Whatever the number of lanes, the queue is reached through one connection
 * at a time, and through none while the model computes.
 */
export class EmbeddingWorker {
  private readonly id_ = randomUUID()
  private readonly leases_: Leases
  private readonly connection_ = pLimit(1)
  private running_ = false
  private stopping_ = false
  private loop_: Promise<void> | undefined
  private endPause_: (() => void) | undefined
  private wake_: (() => void) | undefined
  private leftAloneUntil_ = 0
  private prunedAt_ = 0
  /** How many documents and vectors an index had at the last repair: where they are as many, it has settled. */
  private readonly coverage_ = new Map<string, string>()
  private reported_: string | undefined

  constructor(private readonly dependencies_: WorkerDependencies) {
    const { database, embedder } = dependencies_
    this.leases_ = new Leases(database, {
      model: embedder.id,
      worker: this.id_,
      lease_seconds: this.leaseSeconds,
      onError: (error) => this.report(`Claims of texts can't be renewed: ${error.message}`),
    })
  }

  /** Whether the loop runs in this process. */
  get running(): boolean {
    return this.running_
  }

  /** For how long the embedder asked to be left alone, from now, in milliseconds. */
  get leftAloneFor(): number {
    return Math.max(0, this.leftAloneUntil_ - Date.now())
  }

  start(): void {
    if (!this.running_) {
      this.running_ = true
      this.stopping_ = false
      this.loop_ = this.run()
    }
  }

  /** Ends the loop; resolves when the batches that are under way are stored. */
  async stop(): Promise<void> {
    this.running_ = false
    this.stopping_ = true
    this.endPause_?.()
    await this.loop_
  }

  /** Tells an idle loop that texts were queued in this process. */
  wake(): void {
    this.wake_?.()
  }

  /**
   * Embeds what is due, for a few seconds. It may be called whether the loop runs or not, in any
   * process. An embedder that asked to be left alone isn't asked before its time.
   */
  async work(): Promise<WorkOutcome> {
    if (this.leftAloneFor) {
      return "unavailable"
    }
    const round = { until: Date.now() + ROUND_MS }
    const lanes = this.dependencies_.embedder.concurrency + 1
    const results = await Promise.allSettled(
      Array.from({ length: lanes }, () => this.runLane(round))
    )
    const outcomes = results.map((result) => {
      if (result.status === "rejected") {
        throw result.reason
      }
      return result.value
    })
    const [worst] = (["unavailable", "embedded"] as const).filter((one) => outcomes.includes(one))
    return worst ?? "idle"
  }

  /**
   * Queues what waits for a vector without being queued, keeps the counts of words near the truth, builds
   * the vector indexes that are missing and, from time to time, removes what nobody needs any more.
   * Returns how many documents were queued.
   */
  async repair(): Promise<number> {
    const { database, catalogue, logger } = this.dependencies_
    const indexes = await catalogue.list()
    let repaired = 0
    for (const index of indexes) {
      repaired += await requeueMissing(database, index)
      await refreshTermCounts(database, catalogue, index, CHANGED_SHARE)
      await this.buildWhereSettled(index)
    }
    if (repaired) {
      logger.info(`[semantic-search] Queued ${repaired} document(s) that had lost their place`)
    }
    if (Date.now() - this.prunedAt_ > PRUNE_INTERVAL_MS) {
      this.prunedAt_ = Date.now()
      await prune(database, indexes)
    }
    return repaired
  }

  /**
   * Builds the vector index of a version to which no documents have come for a while. Rebuilds of
   * products don't wait for this: they say when the last has come (`finishSeed`).
   */
  private async buildWhereSettled(index: PhysicalIndex): Promise<void> {
    const { database, extensions } = this.dependencies_
    const { documents, with_vector } = await vectorCoverage(database, index)
    const coverage = `${documents} documents, ${with_vector} embedded`
    const settled = documents > 0 && this.coverage_.get(index.name) === coverage
    this.coverage_.set(index.name, coverage)
    if (settled) {
      await buildVectorIndexes(database, await extensions(), index)
    }
  }

  /** What a span tells of texts: how many, and for which model. */
  private sizeOf(texts: unknown[]): Record<string, string | number> {
    return { [ATTR_MODEL]: this.dependencies_.embedder.id, [ATTR_BATCH_SIZE]: texts.length }
  }

  private get leaseSeconds(): number {
    return this.dependencies_.leaseSeconds ?? LEASE_SECONDS
  }

  /** One batch after the other, until the round ends, for all lanes, or nothing is due any more. */
  private async runLane(round: { until: number }): Promise<WorkOutcome> {
    let outcome: WorkOutcome = "idle"
    do {
      const jobs = await this.connection_(() => this.claim())
      if (!jobs.length) {
        return outcome
      }
      const hashes = jobs.map((job) => job.content_hash)
      const error = await inSpan("semantic_search.queue.batch", this.sizeOf(jobs), () =>
        this.leases_.during(hashes, () => this.workOn(jobs))
      )
      if (error) {
        round.until = 0
        this.leaveAlone(error)
        return "unavailable"
      }
      this.reported_ = undefined
      outcome = "embedded"
    } while (Date.now() < round.until && !this.stopping_)
    return outcome
  }

  private async claim(): Promise<EmbeddingJob[]> {
    const { database, embedder } = this.dependencies_
    return await claimJobs(database, {
      model: embedder.id,
      worker: this.id_,
      limit: embedder.batch_size,
      lease_seconds: this.leaseSeconds,
    })
  }

  /** Embeds and stores. Returns what keeps the embedder from embedding, if anything. */
  private async workOn(jobs: EmbeddingJob[]): Promise<Error | undefined> {
    const { embedded, refused, left, error } = await embedJobs(this.dependencies_.embedder, jobs)
    const settle = async () => {
      for (const { job, reason } of refused) {
        await this.fail(job, reason)
      }
      try {
        await this.store(embedded)
      } catch (failure) {
        // Nobody else would have them before the lease is over.
        await this.release([...embedded, ...left], (failure as Error).message)
        throw failure
      }
      await this.release(left, error?.message ?? "")
      return error
    }
    // Whoever frees the connection calls this; its span is still the one of this batch.
    return await this.connection_(AsyncResource.bind(settle))
  }

  private async fail(job: EmbeddingJob, reason: string): Promise<void> {
    const { database, embedder, logger } = this.dependencies_
    const { content_hash, content, attempts } = job
    await failJob(database, { model: embedder.id, worker: this.id_, content_hash, reason })
    logger.warn(
      `[semantic-search] A text can't be embedded (attempt ${attempts + 1}): ${reason}. It begins: ${content.slice(0, 80)}`
    )
  }

  private async release(texts: { content_hash: string }[], reason: string): Promise<void> {
    if (!texts.length) {
      return
    }
    const { database, embedder } = this.dependencies_
    const hashes = texts.map(({ content_hash }) => content_hash)
    await releaseJobs(database, { model: embedder.id, worker: this.id_, hashes, reason })
  }

  private async store(embedded: EmbeddedText[]): Promise<void> {
    if (!embedded.length) {
      return
    }
    const { database, catalogue, embedder } = this.dependencies_
    const [extensions, indexes] = [await this.dependencies_.extensions(), await catalogue.list()]
    for (let attempt = 1; ; attempt++) {
      try {
        return await inSpan("semantic_search.queue.complete", this.sizeOf(embedded), () =>
          database.transaction((transaction) =>
            completeJobs(transaction, extensions, indexes, { model: embedder.id, embedded })
          )
        )
      } catch (error) {
        const { code = "" } = error as { code?: string }
        if (!CONFLICTS.has(code) || attempt === MAX_STORE_ATTEMPTS) {
          throw error
        }
      }
    }
  }

  /** The one place in which the worker heeds what an embedder that is down asks for. */
  private leaveAlone(error: Error): void {
    const { retry_after_ms = 0 } = error instanceof EmbedderUnavailableError ? error : {}
    this.leftAloneUntil_ = Math.max(this.leftAloneUntil_, Date.now() + retry_after_ms)
    this.report(`Texts can't be embedded at present: ${error.message}`)
  }

  private async run(): Promise<void> {
    let polls = 0
    while (this.running_) {
      const outcome = await this.work().catch((error: Error): WorkOutcome => {
        this.report(`The embedding worker can't reach its queue: ${error.message}`)
        return "unavailable"
      })
      if (outcome === "unavailable") {
        await this.pause(Math.max(UNAVAILABLE_PAUSE_MS, this.leftAloneFor), { wakeable: false })
      }
      if (outcome === "idle") {
        if (polls++ % POLLS_PER_REPAIR === 0) {
          await this.repair().catch((error: Error) => this.report(error.message))
        }
        await this.pause(POLL_INTERVAL_MS, { wakeable: true })
      }
    }
  }

  /** Waits; where it is wakeable, no longer than until there may be something to do. */
  private async pause(ms: number, { wakeable }: { wakeable: boolean }): Promise<void> {
    if (!this.running_) {
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      this.endPause_ = () => {
        clearTimeout(timer)
        resolve()
      }
      this.wake_ = wakeable ? this.endPause_ : undefined
    })
    this.endPause_ = undefined
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
