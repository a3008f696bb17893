export interface DeadlineOptions {
  /** For the whole answer, in milliseconds. */
  totalMs: number
  /** Until the model's first piece, in milliseconds; unset, `totalMs` alone counts. */
  firstPieceMs?: number
  /** Called once when the first piece is so long in coming that the shopper should hear of it. */
  onLoading: () => void
  /** Called once when the first piece has come after all, if `onLoading` was called. */
  onLoaded: () => void
}

export interface Deadlines {
  /** Aborted when the shopper leaves, and when time is up. */
  signal: AbortSignal
  /** The model has begun. */
  pieceCame(): void
  /** Stops all clocks. */
  clear(): void
}

/** A model in memory answers within this; longer means that it is being loaded, or that others are served. */
const LOADING_AFTER_MS = 3_000

/** Starts the clocks of an answer. */
export function createDeadlines(shopper: AbortSignal, options: DeadlineOptions): Deadlines {
  const expired = new AbortController()
  const expire = () => expired.abort(new Error("time is up"))
  const total = setTimeout(expire, options.totalMs)
  const first =
    options.firstPieceMs === undefined ? undefined : setTimeout(expire, options.firstPieceMs)
  let reported = false
  const loading = setTimeout(() => {
    reported = true
    options.onLoading()
  }, LOADING_AFTER_MS)
  const stopFirst = () => {
    clearTimeout(first)
    clearTimeout(loading)
  }
  return {
    signal: AbortSignal.any([shopper, expired.signal]),
    pieceCame() {
      stopFirst()
      if (reported) {
        reported = false
        options.onLoaded()
      }
    },
    clear() {
      stopFirst()
      clearTimeout(total)
    },
  }
}
