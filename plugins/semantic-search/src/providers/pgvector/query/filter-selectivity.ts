import { LRUCache } from "lru-cache"
import sql, { type Sql } from "sql-template-tag"
import { type Database, identifier } from "../database"
import type { PhysicalIndex } from "../storage/index-catalogue"

/** How long an estimate is used, in milliseconds. */
const REMEMBERED_MS = 60_000

/** So few documents are always compared: that takes no longer than walking the index. */
const ALWAYS_COMPARED = 2_000

/**
 * Whether so few documents pass a filter that comparing all of them is quicker than walking the vector
 * index, which has to visit `window / share` nodes until it has met `window` that pass. Both take about
 * as long when share² = window / documents. How many pass is the planner's estimate, asked for once a
 * minute and filter.
 */
export class FilterSelectivity {
  private readonly cache_ = new LRUCache<string, number>({ max: 1_000, ttl: REMEMBERED_MS })

  constructor(private readonly database_: Database) {}

  async isSelective(index: PhysicalIndex, filters: Sql, window: number): Promise<boolean> {
    const { documents = 0 } = index.statistics
    const bound = Math.max(ALWAYS_COMPARED, Math.sqrt(window * documents))
    return (await this.passing(index, filters)) <= bound
  }

  private async passing({ table }: PhysicalIndex, filters: Sql): Promise<number> {
    const key = JSON.stringify([table, filters.sql, filters.values])
    const known = this.cache_.get(key)
    if (known !== undefined) {
      return known
    }
    const [{ "QUERY PLAN": plan }] = await this.database_.query<{
      "QUERY PLAN": [{ Plan: { "Plan Rows": number } }]
    }>(sql`EXPLAIN (FORMAT JSON) SELECT 1 FROM ${identifier(table)} d WHERE ${filters}`)
    const rows = plan[0].Plan["Plan Rows"]
    this.cache_.set(key, rows)
    return rows
  }
}
