import type { SearchTypes } from "@medusajs/framework/types"
import type { PgvectorRuntime } from "../../providers/pgvector/runtime"
import { differingIds, unknownIds } from "../../providers/pgvector/storage/compare-documents"
import { activeIndexNames } from "./active-indexes"

/** A comparison of the store with what an index holds, batch by batch. */
export interface Comparison {
  /** The ids of documents that are missing in the index, or different there. */
  differing(documents: SearchTypes.SearchDocument[]): Promise<string[]>
  /** The ids that the index holds although no batch had them. Call it last. */
  unseen(): Promise<string[]>
}

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
  const began = new Date()
  const seen = new Set<string>()
  return {
    async differing(documents) {
      documents.forEach(({ id }) => seen.add(id))
      return documents.length ? await differingIds(database, index, documents) : []
    },
    unseen: () => unknownIds(database, index, seen, began),
  }
}
