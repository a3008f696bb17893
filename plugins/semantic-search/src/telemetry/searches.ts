import type { SearchTypes } from "@medusajs/framework/types"
import { instruments } from "./instruments"
import {
  ATTR_COUNT,
  ATTR_DEGRADED,
  ATTR_ERROR_TYPE,
  ATTR_HITS,
  ATTR_INDEX,
  ATTR_MODE,
} from "./names"
import { errorType, inSpan } from "./tracing"

const MS_PER_SECOND = 1_000

/** An answer, and why it goes without meaning where it should have had it. */
export interface ObservedSearch {
  result: SearchTypes.SearchResult
  degraded?: string
}

/**
 * Traces, times and counts a search.
 *
 * @param index the index as its definition names it
 */
export async function observeSearch(
  index: string,
  run: () => Promise<ObservedSearch>
): Promise<SearchTypes.SearchResult> {
  const measured = { [ATTR_INDEX]: index }
  const started = performance.now()
  const seconds = () => (performance.now() - started) / MS_PER_SECOND
  const { searchDuration, keywordOnly } = instruments()
  try {
    return await inSpan("semantic_search.search", measured, async (span) => {
      const { result, degraded } = await run()
      const how = {
        [ATTR_MODE]: String(result.provider_metadata?.mode),
        ...(degraded ? { [ATTR_DEGRADED]: degraded } : {}),
      }
      span.setAttributes({
        ...how,
        [ATTR_HITS]: result.hits.length,
        [ATTR_COUNT]: result.metadata.count ?? undefined,
      })
      searchDuration.record(seconds(), { ...measured, ...how })
      if (degraded) {
        keywordOnly.add(1, { ...measured, [ATTR_DEGRADED]: degraded })
      }
      return result
    })
  } catch (error) {
    searchDuration.record(seconds(), { ...measured, [ATTR_ERROR_TYPE]: errorType(error) })
    throw error
  }
}
