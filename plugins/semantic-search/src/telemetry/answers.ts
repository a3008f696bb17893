import { instruments } from "./instruments"
import { ATTR_CITATIONS, ATTR_ERROR_TYPE, ATTR_HITS, ATTR_OUTCOME } from "./names"
import { errorType, inSpan } from "./tracing"

const MS_PER_SECOND = 1_000

/** How an answer of the assistant ended, and what it held. */
export interface ObservedAnswer {
  /** "done": the model wrote it; "left": the shopper didn't wait; else why it came from retrieval alone. */
  outcome: string
  hits: number
  citations: number
}

/** Traces, times and counts an answer of the assistant, from the retrieval on. The question stays out of it. */
export async function observeAnswer(run: () => Promise<ObservedAnswer>): Promise<void> {
  const { answerDuration } = instruments()
  const started = performance.now()
  const seconds = () => (performance.now() - started) / MS_PER_SECOND
  try {
    await inSpan("semantic_search.answer", {}, async (span) => {
      const { outcome, hits, citations } = await run()
      span.setAttributes({
        [ATTR_OUTCOME]: outcome,
        [ATTR_HITS]: hits,
        [ATTR_CITATIONS]: citations,
      })
      answerDuration.record(seconds(), { [ATTR_OUTCOME]: outcome })
    })
  } catch (error) {
    answerDuration.record(seconds(), { [ATTR_ERROR_TYPE]: errorType(error) })
    throw error
  }
}

/**
 * Counts an answer among those that a model is writing.
 *
 * @returns ends it
 */
export function countGenerating(): () => void {
  const { answersGenerating } = instruments()
  answersGenerating.add(1)
  return () => answersGenerating.add(-1)
}
