import { LRUCache } from "lru-cache"
import type { Database } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"
import { documentsWithoutVector } from "./queue-status"

/** How long a number is told from memory, in milliseconds. */
const FRESH_FOR_MS = 5_000

/** Of how many physical indexes numbers are kept. */
const INDEXES = 100

/**
 * How many documents of an index wait for their vector, for every answer to tell. It is counted once in
 * some seconds, whatever the number of searches, from an index that holds only what waits.
 */
export class MissingVectors {
  private readonly counts_: LRUCache<string, number, PhysicalIndex>

  constructor(database: Database) {
    this.counts_ = new LRUCache<string, number, PhysicalIndex>({
      max: INDEXES,
      ttl: FRESH_FOR_MS,
      fetchMethod: (_name, _old, { context }) => documentsWithoutVector(database, context),
    })
  }

  /** @returns undefined for an index without embedded vectors, and where it can't be counted */
  async of(index: PhysicalIndex): Promise<number | undefined> {
    if (!index.plan.vectors.some(({ embedded }) => embedded)) {
      return undefined
    }
    return await this.counts_.fetch(index.name, { context: index }).catch(() => undefined)
  }
}
