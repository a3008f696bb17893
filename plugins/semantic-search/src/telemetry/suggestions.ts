import type { SearchTypes } from "@medusajs/framework/types"
import { instruments } from "./instruments"
import { ATTR_CORRECTED, ATTR_ERROR_TYPE, ATTR_HITS, ATTR_INDEX } from "./names"
import { errorType, inSpan } from "./tracing"

const MS_PER_SECOND = 1_000

/** Suggestions, and whether misspelt words were corrected for them. */
export interface ObservedSuggestions {
  result: SearchTypes.SearchResult
  corrected: boolean
}

/**
 * Traces and times what a search box is shown. What was typed stays out of it.
 *
 * @param index the index as its definition names it
 */
export async function observeSuggestions(
  index: string,
  run: () => Promise<ObservedSuggestions>
): Promise<SearchTypes.SearchResult> {
  const measured = { [ATTR_INDEX]: index }
  const started = performance.now()
  const record = (how: Record<string, string | boolean>) =>
    instruments().suggestionDuration.record((performance.now() - started) / MS_PER_SECOND, {
      ...measured,
      ...how,
    })
  try {
    return await inSpan("semantic_search.suggest", measured, async (span) => {
      const { result, corrected } = await run()
      span.setAttributes({ [ATTR_CORRECTED]: corrected, [ATTR_HITS]: result.hits.length })
      record({ [ATTR_CORRECTED]: corrected })
      return result
    })
  } catch (error) {
    record({ [ATTR_ERROR_TYPE]: errorType(error) })
    throw error
  }
}
