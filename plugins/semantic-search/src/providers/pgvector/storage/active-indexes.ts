import sql from "sql-template-tag"
import type { Database } from "../database"
import { UNDEFINED_TABLE } from "../errors"
import { type PhysicalIndex, splitPhysicalName } from "./index-catalogue"

/**
 * The physical indexes that serve reads. The Search Module's service doesn't tell, so this reads the
 * table in which it keeps them.
 */
export async function activeIndexNames(database: Database): Promise<Set<string>> {
  const rows = await database.query<{ physical_name: string }>(sql`
    SELECT v.physical_name FROM search_index i
    JOIN search_index_version v ON v.search_index_id = i.id AND v.version = i.active_version
    WHERE i.deleted_at IS NULL AND v.deleted_at IS NULL`)
  return new Set(rows.map((row) => row.physical_name))
}

/** How long a process may go on reading a version that another one has replaced, in milliseconds. */
const KNOWN_FOR_MS = 2_000

/**
 * Tells whether another version of an index serves in the place of the one that is asked for.
 *
 * The Search Module remembers for up to two minutes which version serves, in each process by itself.
 * Changes go to the version that serves, so a process that reads the one before it would show prices and
 * stock of a while ago, and products that are sold no more.
 */
export class ServingVersions {
  private known_: { names: Promise<Set<string>>; until: number } | undefined

  constructor(private readonly database_: Database) {}

  /** Whether an index was replaced; one of which no version serves wasn't. */
  async isReplaced({ name, root }: PhysicalIndex): Promise<boolean> {
    const isServing = (names: Set<string>) => !names.size || names.has(name)
    if (isServing(await this.names())) {
      return false
    }
    // What isn't known to serve may serve since a moment ago.
    const names = await this.names({ fresh: true })
    return !isServing(names) && [...names].some((other) => rootOf(other) === root)
  }

  private names({ fresh = false } = {}): Promise<Set<string>> {
    if (fresh || !this.known_ || this.known_.until < Date.now()) {
      const names = activeIndexNames(this.database_).catch((error: { code?: string }) => {
        // The provider is used without the Search Module, by a tool or a test.
        if (error.code === UNDEFINED_TABLE) {
          return new Set<string>()
        }
        this.known_ = undefined
        throw error
      })
      this.known_ = { names, until: Date.now() + KNOWN_FOR_MS }
    }
    return this.known_.names
  }
}

function rootOf(name: string): string {
  return splitPhysicalName(name).root
}
