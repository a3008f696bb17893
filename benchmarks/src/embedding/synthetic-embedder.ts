import { DEFAULT_EMBEDDING_MODEL } from "medusa-plugin-semantic-search/embedding"

const { dimensions } = DEFAULT_EMBEDDING_MODEL

/** Words this short say nothing of a text's subject. */
const SHORTEST_WORD = 4

/** Directions that are kept; generated catalogues have some ten thousand words. */
const MOST_WORDS = 100_000

const directions = new Map<string, Float64Array>()

/** A number that stands for a word (FNV-1a). */
function hash(word: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < word.length; i++) {
    value = Math.imul(value ^ word.charCodeAt(i), 0x01000193)
  }
  return value >>> 0
}

/** A direction of a word's own, always the same: a random point, and so at right angles to most others. */
function directionOf(word: string): Float64Array {
  const known = directions.get(word)
  if (known) {
    return known
  }
  let state = hash(word) || 1
  const direction = Float64Array.from({ length: dimensions }, () => {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 31 - 1
  })
  if (directions.size >= MOST_WORDS) {
    directions.clear()
  }
  directions.set(word, direction)
  return direction
}

/**
 * Stands in for a model where embedding would take hours: the sum of the directions of a text's words.
 * Texts are the nearer the more words they share, so that products of a kind lie together and the
 * vector index meets neighbourhoods, not noise. It knows nothing of meaning.
 */
export async function embedSynthetically(text: string): Promise<number[]> {
  const words = text.toLowerCase().split(/[^a-z0-9]+/)
  const sum = new Float64Array(dimensions)
  for (const word of words.filter(({ length }) => length >= SHORTEST_WORD)) {
    const direction = directionOf(word)
    for (let i = 0; i < dimensions; i++) {
      sum[i] += direction[i]
    }
  }
  const length = Math.hypot(...sum) || 1
  return Array.from(sum, (value) => value / length)
}

/** How this embedder's cosines are to be read: a query's word or two against a text of eighty. */
export const SYNTHETIC_EMBEDDER = {
  type: "function" as const,
  id: "synthetic-word-directions@1",
  dimensions,
  similarity: { floor: 0.15, ceiling: 0.6 },
  embed: embedSynthetically,
}
