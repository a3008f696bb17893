import type { Embedder, EmbedOptions } from "../embedding/embedder"
import { instruments } from "./instruments"
import { ATTR_BATCH_SIZE, ATTR_ERROR_TYPE, ATTR_MODEL, ATTR_PURPOSE } from "./names"
import { errorType, inSpan } from "./tracing"

const MS_PER_SECOND = 1_000

/**
 * Has an embedder's calls traced, timed and counted, whoever makes them.
 *
 * @returns the same embedder
 */
export function observedEmbedder(embedder: Embedder): Embedder {
  const embed = embedder.embed.bind(embedder)
  return Object.assign(embedder, {
    embed: (texts: string[], options?: EmbedOptions) =>
      observeEmbedding(embedder.id, texts.length, options, () => embed(texts, options)),
  })
}

async function observeEmbedding(
  model: string,
  texts: number,
  options: EmbedOptions | undefined,
  run: () => Promise<number[][]>
): Promise<number[][]> {
  const measured = { [ATTR_MODEL]: model, [ATTR_PURPOSE]: options?.purpose ?? "document" }
  const { embeddingDuration, embeddedTexts, embeddingFailures } = instruments()
  const started = performance.now()
  try {
    const vectors = await inSpan(
      "semantic_search.embed",
      { ...measured, [ATTR_BATCH_SIZE]: texts },
      run
    )
    embeddingDuration.record((performance.now() - started) / MS_PER_SECOND, measured)
    embeddedTexts.add(texts, measured)
    return vectors
  } catch (error) {
    embeddingFailures.add(1, { ...measured, [ATTR_ERROR_TYPE]: errorType(error) })
    throw error
  }
}
