import type { Embedder, EmbedOptions } from "../embedding/embedder"
import { instruments } from "./instruments"
import { ATTR_BATCH_SIZE, ATTR_ERROR_TYPE, ATTR_MODEL, ATTR_PURPOSE } from "./names"
import { errorType, inSpan } from "./tracing"

const MS_PER_SECOND = 1_000

/**
 * An embedder whose calls are traced, timed and counted, and that is the given one in everything else.
 * It stands around the embedder so that queries and documents are seen alike, whoever asks.
 */
export function observedEmbedder(embedder: Embedder): Embedder {
  const embed = (texts: string[], options?: EmbedOptions) =>
    observeEmbedding(embedder.id, texts.length, options, () => embedder.embed(texts, options))
  return new Proxy(embedder, {
    get(target, key) {
      if (key === "embed") {
        return embed
      }
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === "function" ? value.bind(target) : value
    },
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
