import { type Embedder, EmbedderInputError, EmbedderUnavailableError } from "../../../embedding"
import type { EmbeddingJob } from "./claim-jobs"
import type { EmbeddedText } from "./complete-jobs"

/** What came of embedding texts: each of them is in one of the three lists. */
export interface EmbedReport {
  embedded: EmbeddedText[]
  /** Texts that can't be embedded, each with the reason. */
  refused: { job: EmbeddingJob; reason: string }[]
  /** Texts that weren't tried, or failed together for no fault of theirs. */
  left: EmbeddingJob[]
  /** Why texts are left. */
  error?: Error
}

/**
 * Embeds texts in as few calls as possible. A call that is refused for its texts is made again for each
 * half of them, until the bad ones are found; any other failure ends it, and what was embedded by then
 * is kept. Texts that failed before are embedded apart from the others, which then aren't sent twice
 * because of them.
 */
export async function embedJobs(embedder: Embedder, jobs: EmbeddingJob[]): Promise<EmbedReport> {
  const report: EmbedReport = { embedded: [], refused: [], left: [] }
  const waiting = [
    jobs.filter(({ attempts }) => attempts > 0),
    jobs.filter(({ attempts }) => !attempts),
  ].filter((batch) => batch.length)
  for (let batch = waiting.pop(); batch; batch = waiting.pop()) {
    try {
      const vectors = await embedder.embed(batch.map(({ content }) => content))
      batch.forEach(({ content_hash }, i) => {
        report.embedded.push({ content_hash, vector: vectors[i] })
      })
    } catch (error) {
      if (!(await isForTexts(error, embedder))) {
        const left = [batch, ...waiting].flat()
        return { ...report, left, error: error as Error }
      }
      if (batch.length === 1) {
        report.refused.push({ job: batch[0], reason: (error as Error).message })
      } else {
        const half = Math.ceil(batch.length / 2)
        waiting.push(batch.slice(half), batch.slice(0, half))
      }
    }
  }
  return report
}

/**
 * Whether a call failed for its texts. A text can also break what embeds it, time after time, without
 * being refused; it would hold up the rest for ever. So an embedder that fails, but is well when it is
 * asked right afterwards, has failed for the texts.
 */
async function isForTexts(error: unknown, embedder: Embedder): Promise<boolean> {
  if (error instanceof EmbedderInputError) {
    return true
  }
  if (error instanceof EmbedderUnavailableError && error.retry_after_ms !== undefined) {
    return false
  }
  return (await embedder.health({ fresh: true })).ok
}
