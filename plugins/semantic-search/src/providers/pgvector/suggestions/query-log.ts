import { LRUCache } from "lru-cache"
import sql from "sql-template-tag"
import type { Database } from "../database"
import type { Extensions } from "../storage/extensions"
import { fold } from "../text/words"
import { foldedPhrase } from "./folded-phrase"
import { isNotable } from "./notable-query"

/** A search that a shopper made, and that found something. */
export interface ShopperSearch {
  /** What the versions of the index share. */
  root: string
  text: string
  channels: string[]
}

/** How often what was noted is written, in milliseconds. */
export const FLUSH_INTERVAL_MS = 10_000

/** How many texts are noted between two writings; more are passed over. */
const MAX_NOTED = 1_000

/** A text counts once in this time: a page that is turned, or a facet that is clicked, is no new search. */
const REPEAT_AFTER_MS = 60_000

const MAX_RECENT = 5_000

interface Noted extends ShopperSearch {
  searches: number
}

/**
 * Counts what shoppers search for: a number for each text, sales channel and day, and nothing of who
 * searched. Noting costs a look into memory; what was noted is written by one statement now and then.
 */
export class QueryLog {
  private readonly noted_ = new Map<string, Noted>()
  private readonly recent_ = new LRUCache<string, true>({ max: MAX_RECENT, ttl: REPEAT_AFTER_MS })
  private timer_: NodeJS.Timeout | undefined

  constructor(
    private readonly database_: Database,
    private readonly extensions_: () => Promise<Extensions>,
    private readonly report_: (message: string) => void
  ) {}

  note(search: ShopperSearch): void {
    const text = search.text.normalize("NFC").trim().replace(/\s+/g, " ")
    const key = JSON.stringify([search.root, fold(text), search.channels])
    if (!isNotable(text) || this.recent_.has(key) || this.noted_.size >= MAX_NOTED) {
      return
    }
    this.recent_.set(key, true)
    const noted = this.noted_.get(key) ?? { ...search, text, searches: 0 }
    this.noted_.set(key, { ...noted, searches: noted.searches + 1 })
    this.timer_ ??= setTimeout(() => void this.flush(), FLUSH_INTERVAL_MS).unref()
  }

  /** Writes what was noted. What can't be written is given up: a count isn't worth a store's memory. */
  async flush(): Promise<void> {
    clearTimeout(this.timer_)
    this.timer_ = undefined
    const noted = [...this.noted_.values()]
    this.noted_.clear()
    if (!noted.length) {
      return
    }
    try {
      await this.write(noted)
    } catch (error) {
      this.report_(`Searches of shoppers can't be counted: ${(error as Error).message}`)
    }
  }

  private async write(noted: Noted[]): Promise<void> {
    const folded = foldedPhrase(sql`n.text`, await this.extensions_())
    await this.database_.query(sql`
      INSERT INTO semantic_search_query AS q (index_root, folded, channel, day, text, searches)
      SELECT root, folded, channel, current_date, min(text), sum(searches)
      FROM (
        SELECT n.root, ${folded} AS folded, n.text, n.searches, n.channels
        FROM jsonb_to_recordset(${JSON.stringify(noted)}::jsonb)
          AS n(root text, text text, searches integer, channels text[])) n
      CROSS JOIN LATERAL unnest(channels) AS channel
      WHERE folded <> ''
      GROUP BY root, folded, channel
      ORDER BY root, folded, channel
      ON CONFLICT (index_root, folded, channel, day)
      DO UPDATE SET searches = q.searches + excluded.searches`)
  }
}
