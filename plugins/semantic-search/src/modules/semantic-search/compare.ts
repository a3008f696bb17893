import type { SearchTypes } from "@medusajs/framework/types"
import type { PgvectorRuntime } from "../../providers/pgvector/runtime"
import {
  compareDocuments,
  type Difference,
  listIds,
  type Stretch,
} from "../../providers/pgvector/storage/compare-documents"
import { activeIndexNames } from "../../providers/pgvector/storage/active-indexes"

/** A comparison of the store with what an index holds, page by page in the order of ids. */
export interface Comparison {
  /** How the index differs from documents that were just read. */
  differences(documents: SearchTypes.SearchDocument[]): Promise<Difference>
  /**
   * Ids that the index holds in a stretch of it though they aren't among `present`, a page at a time.
   *
   * @param before when the reading of `present` began: what was written later isn't told
   */
  extra(stretch: Stretch, present: string[], before: Date): AsyncGenerator<string[]>
}

/** Ids that are looked at together. */
const PAGE_SIZE = 1_000

/**
 * Begins a comparison with the version of an index that serves reads.
 *
 * @param root what the versions of the index share: the definition's physical name
 * @returns undefined where no version serves
 */
export async function beginComparison(
  { database, catalogue }: PgvectorRuntime,
  root: string
): Promise<Comparison | undefined> {
  const active = await activeIndexNames(database)
  const index = (await catalogue.list(root)).find(({ name }) => active.has(name))
  if (!index) {
    return undefined
  }
  return {
    async differences(documents) {
      return documents.length
        ? await compareDocuments(database, index, documents)
        : { missing: [], different: [] }
    },
    async *extra(stretch, present, before) {
      const known = new Set(present)
      let { after } = stretch
      for (;;) {
        const ids = await listIds(database, index, { ...stretch, after }, before, PAGE_SIZE)
        const unknown = ids.filter((id) => !known.has(id))
        if (unknown.length) {
          yield unknown
        }
        if (ids.length < PAGE_SIZE) {
          return
        }
        after = ids[ids.length - 1]
      }
    },
  }
}
