/** A caller that waits for its ids to be read. */
interface Request<Context, Result> {
  ids: string[]
  context: Context
  resolve: (results: Result[]) => void
  reject: (error: unknown) => void
}

/**
 * Reads what changed in batches, one at a time. While a batch is read, further ids gather for the next
 * one, each once however many events name it. With nothing going on an id is read at once, so that no
 * event waits for a timer.
 *
 * The results of a batch go to the caller that asked first; the others, whose ids it covers, get none:
 * what is returned is written, and nothing needs writing twice. A batch that fails fails for all.
 */
export class ChangeBatcher<Context, Result> {
  private requests_: Request<Context, Result>[] = []
  private running_ = false

  /**
   * @param limit ids a read; one caller with more than that gets them in several reads
   * @param read reads ids, which are distinct
   */
  constructor(
    private readonly limit_: number,
    private readonly read_: (ids: string[], context: Context) => Promise<Result[]>
  ) {}

  add(ids: string[], context: Context): Promise<Result[]> {
    if (!ids.length) {
      return Promise.resolve([])
    }
    return new Promise((resolve, reject) => {
      this.requests_.push({ ids, context, resolve, reject })
      if (!this.running_) {
        this.running_ = true
        // After the events that are being delivered in this very turn have come in.
        setImmediate(() => void this.run())
      }
    })
  }

  private async run(): Promise<void> {
    while (this.requests_.length) {
      const requests = this.take()
      const [first, ...covered] = requests
      try {
        first.resolve(await this.readAll(requests))
        covered.forEach(({ resolve }) => resolve([]))
      } catch (error) {
        requests.forEach(({ reject }) => reject(error))
      }
    }
    this.running_ = false
  }

  /** The requests that wait, up to the limit of ids, but at least one. */
  private take(): Request<Context, Result>[] {
    const ids = new Set<string>()
    let count = 0
    for (const request of this.requests_) {
      request.ids.forEach((id) => ids.add(id))
      if (count && ids.size > this.limit_) {
        break
      }
      count++
    }
    return this.requests_.splice(0, count)
  }

  private async readAll(requests: Request<Context, Result>[]): Promise<Result[]> {
    const ids = [...new Set(requests.flatMap((request) => request.ids))].sort()
    const results: Result[] = []
    for (let start = 0; start < ids.length; start += this.limit_) {
      results.push(
        ...(await this.read_(ids.slice(start, start + this.limit_), requests[0].context))
      )
    }
    return results
  }
}
