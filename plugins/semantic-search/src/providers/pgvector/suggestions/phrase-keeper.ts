import type { Logger } from "@medusajs/framework/types"
import sql from "sql-template-tag"
import type { StoreDatabase } from "../database"
import type { Extensions } from "../storage/extensions"
import type { IndexCatalogue, PhysicalIndex } from "../storage/index-catalogue"
import { QueryLog, type ShopperSearch } from "./query-log"
import { addPhrases, type PopularQueryOptions, refreshPhrases } from "./refresh-phrases"
import { suggestedFields } from "./suggest-kind"

/** How often is looked for indexes that changed, in milliseconds. */
const POLL_INTERVAL_MS = 1_000

/** Changes of a moment are noted together, in milliseconds. */
const NOTE_AFTER_MS = 200

/** Documents that are written together beyond this number are left to the next refresh. */
const MAX_ADDED = 1_000

/**
 * After a refresh nothing is refreshed for so many times as long as it took, but for what every refresh
 * may take, in milliseconds: of a small shop the phrases are counted a second or two after a change, and
 * of a large one that is a twentieth of a processor's and of a connection's time. What is new in a large
 * one needn't wait for it (`addPhrases`).
 */
const REST_FACTOR = 20
const FREE_MS = 250

/** Popular searches, and changes whose note was lost with a process, come in after this, in minutes. */
const REFRESH_ANYWAY_MINUTES = 30

export interface KeeperOptions extends PopularQueryOptions {
  popular_queries: boolean
}

export interface KeeperDependencies {
  database: StoreDatabase
  catalogue: IndexCatalogue
  extensions: () => Promise<Extensions>
  logger: Logger
  options: KeeperOptions
}

/**
 * Keeps the phrases of the indexes up to date. Every process notes what it changed; those that run the
 * loop refresh, one at a time for each index.
 */
export class PhraseKeeper {
  private readonly queries_: QueryLog
  private readonly changed_ = new Set<string>()
  private readonly written_ = new Map<PhysicalIndex, Set<string>>()
  private note_: NodeJS.Timeout | undefined
  private running_ = false
  private loop_: Promise<void> | undefined
  private wake_: (() => void) | undefined
  private reported_: string | undefined

  constructor(private readonly dependencies_: KeeperDependencies) {
    const { database, extensions } = dependencies_
    this.queries_ = new QueryLog(database, extensions, (message) => this.report(message))
  }

  start(): void {
    if (!this.running_) {
      this.running_ = true
      this.loop_ = this.run()
    }
  }

  /** Ends the loop and writes what was noted. */
  async stop(): Promise<void> {
    this.running_ = false
    this.wake_?.()
    await this.loop_
    await this.noteChanges()
    await this.queries_.flush()
  }

  /** Says that documents of an index were written or removed. */
  changed(index: string): void {
    this.changed_.add(index)
    this.noteSoon()
  }

  /** Says which documents were written that shoppers should be led to at once. */
  written(index: PhysicalIndex, ids: string[]): void {
    const known = this.written_.get(index) ?? new Set()
    ids.forEach((id) => known.size < MAX_ADDED && known.add(id))
    this.written_.set(index, known)
    this.noteSoon()
  }

  /** Counts a search of a shopper, unless the store doesn't want that. */
  searched(search: ShopperSearch): void {
    if (this.dependencies_.options.popular_queries) {
      this.queries_.note(search)
    }
  }

  /** Refreshes the indexes whose phrases are due. Returns how many that were. */
  async work(): Promise<number> {
    const { database, catalogue, extensions, options } = this.dependencies_
    const due = new Set(await this.due())
    const indexes = (await catalogue.list()).filter(
      ({ name, plan }) => due.has(name) && suggestedFields(plan.fields).length
    )
    for (const index of indexes) {
      await refreshPhrases(database, index, await extensions(), {
        ...options,
        // Of no text, however often.
        min_searches: options.popular_queries ? options.min_searches : Number.MAX_SAFE_INTEGER,
      })
    }
    return indexes.length
  }

  /** The indexes that changed since their refresh and have rested, and those that were let be for long. */
  private async due(): Promise<string[]> {
    const rows = await this.dependencies_.database.query<{ name: string }>(sql`
      SELECT i.name FROM semantic_search_index i
      LEFT JOIN semantic_search_phrase_state s ON s.index_name = i.name
      WHERE jsonb_path_exists(i.plan, '$.fields[*].suggest') AND (
        s.refreshed_at IS NULL
        OR (s.changed_at > s.refreshed_at
          AND clock_timestamp() > s.refreshed_at + interval '1 millisecond'
            * (s.duration_ms + ${REST_FACTOR}::int * greatest(0, s.duration_ms - ${FREE_MS}::int)))
        OR s.refreshed_at < clock_timestamp() - ${REFRESH_ANYWAY_MINUTES}::int * interval '1 minute')`)
    return rows.map(({ name }) => name)
  }

  private noteSoon(): void {
    this.note_ ??= setTimeout(() => void this.noteChanges(), NOTE_AFTER_MS).unref()
  }

  private async noteChanges(): Promise<void> {
    clearTimeout(this.note_)
    this.note_ = undefined
    try {
      await this.markChanged()
      await this.addWritten()
    } catch (error) {
      // The next refresh finds all the same what wasn't noted.
      this.report(`A change can't be noted for suggestions: ${(error as Error).message}`)
    }
    this.wake_?.()
  }

  private async addWritten(): Promise<void> {
    const { database, extensions } = this.dependencies_
    const written = [...this.written_]
    this.written_.clear()
    for (const [index, ids] of written) {
      if (!(await addPhrases(database, index, await extensions(), [...ids]))) {
        this.written(index, [...ids])
      }
    }
  }

  private async markChanged(): Promise<void> {
    const names = [...this.changed_]
    this.changed_.clear()
    if (names.length) {
      await this.dependencies_.database.query(sql`
        INSERT INTO semantic_search_phrase_state (index_name, changed_at)
        SELECT i.name, clock_timestamp() FROM semantic_search_index i
        WHERE i.name IN (SELECT jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))
        ORDER BY i.name
        ON CONFLICT (index_name) DO UPDATE SET changed_at = excluded.changed_at`)
    }
  }

  private async run(): Promise<void> {
    while (this.running_) {
      try {
        await this.work()
        this.reported_ = undefined
      } catch (error) {
        this.report(`Suggestions can't be brought up to date: ${(error as Error).message}`)
      }
      await this.pause()
    }
  }

  private async pause(): Promise<void> {
    if (!this.running_) {
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_INTERVAL_MS)
      timer.unref()
      this.wake_ = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.wake_ = undefined
  }

  /** Logs a lasting trouble once, not every second. */
  private report(message: string): void {
    if (this.reported_ !== message) {
      this.reported_ = message
      this.dependencies_.logger.warn(`[semantic-search] ${message}`)
    }
  }
}
