import sql, { join } from "sql-template-tag"
import type { Database } from "../database"

export interface LeaseOptions {
  model: string
  worker: string
  lease_seconds: number
  /** Hears of a renewal that failed. The next one may succeed: it comes twice before the lease ends. */
  onError: (error: Error) => void
}

/**
 * Renews the claims of a worker for as long as it is at them, however slow the model is: a text whose
 * lease ran out would be embedded by another worker as well.
 */
export class Leases {
  private readonly held_ = new Set<string>()
  private timer_: NodeJS.Timeout | undefined

  constructor(
    private readonly database_: Database,
    private readonly options_: LeaseOptions
  ) {}

  /** Runs something, with the claims of these texts kept until it ends. */
  async during<T>(hashes: string[], run: () => Promise<T>): Promise<T> {
    hashes.forEach((hash) => this.held_.add(hash))
    this.timer_ ??= setInterval(
      () => void this.renew().catch(this.options_.onError),
      (this.options_.lease_seconds * 1_000) / 3
    ).unref()
    try {
      return await run()
    } finally {
      hashes.forEach((hash) => this.held_.delete(hash))
      if (!this.held_.size) {
        clearInterval(this.timer_)
        this.timer_ = undefined
      }
    }
  }

  private async renew(): Promise<void> {
    const { model, worker, lease_seconds } = this.options_
    // A row that is locked is just being finished.
    await this.database_.query(sql`
      UPDATE semantic_search_embedding_job j
      SET locked_until = now() + ${lease_seconds} * interval '1 second'
      FROM (
        SELECT model, content_hash FROM semantic_search_embedding_job
        WHERE model = ${model} AND locked_by = ${worker} AND content_hash IN (${join([...this.held_])})
        FOR UPDATE SKIP LOCKED
      ) held
      WHERE j.model = held.model AND j.content_hash = held.content_hash`)
  }
}
