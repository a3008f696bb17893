import { setTimeout as sleep } from "node:timers/promises"
import pLimit, { type Limit } from "p-limit"

export interface RequestPaceOptions {
  /** How many requests with documents may run at once; queries have as many places of their own. */
  concurrency: number
  /** Requests a minute, evenly spaced; undefined: as many as there are. */
  requests_per_minute?: number
}

/**
 * When a request may start. Queries don't wait for the places of documents: a shopper waits for them.
 * The spacing is common to both.
 */
export class RequestPace {
  private readonly limits_: Record<"query" | "document", Limit>
  private readonly spacing_ms_: number
  private next_at_ = 0

  constructor({ concurrency, requests_per_minute }: RequestPaceOptions) {
    this.limits_ = { query: pLimit(concurrency), document: pLimit(concurrency) }
    this.spacing_ms_ = requests_per_minute ? 60_000 / requests_per_minute : 0
  }

  /**
   * Runs a request when its turn has come.
   *
   * @param signal ends the wait: whoever waits gets its reason
   */
  run<T>(
    purpose: "query" | "document",
    signal: AbortSignal,
    request: () => Promise<T>
  ): Promise<T> {
    return this.limits_[purpose](async () => {
      signal.throwIfAborted()
      const now = Date.now()
      const start = Math.max(now, this.next_at_)
      this.next_at_ = start + this.spacing_ms_
      if (start > now) {
        await sleep(start - now, undefined, { signal })
      }
      return await request()
    })
  }
}
