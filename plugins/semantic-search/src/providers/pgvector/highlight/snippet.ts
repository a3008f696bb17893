import type { Mark } from "./marks"
import type { Span } from "./text-chunks"

/**
 * The part of a text that tells most about a match: `length` words in which most distinct words of the
 * query stand; of several such parts the one with most matches, then the first. The matches stand in its
 * middle, as far as the text's ends allow.
 *
 * Method: two pointers over the marks. Time |words| + |marks|.
 *
 * @param words the text's words, in order
 * @param marks the matched ones, in order
 */
export function chooseSnippet(words: Span[], marks: Mark[], length: number): Span {
  if (words.length <= length) {
    return { start: 0, end: Number.POSITIVE_INFINITY }
  }
  const positions = positionsOf(words, marks)
  const [first, last] = bestRun(marks, positions, length)
  const span = positions[last] - positions[first] + 1
  const before = Math.max(0, Math.floor((length - span) / 2))
  const from = Math.min(Math.max(0, positions[first] - before), words.length - length)
  const to = from + length - 1
  return {
    start: from === 0 ? 0 : words[from].start,
    end: to === words.length - 1 ? Number.POSITIVE_INFINITY : words[to].end,
  }
}

/** Of each mark, which word it stands on (or begins on). */
function positionsOf(words: Span[], marks: Mark[]): number[] {
  let position = 0
  return marks.map(({ start }) => {
    while (words[position].start < start) {
      position++
    }
    return position
  })
}

/** The first and the last mark of the run of at most `length` words that matches most. */
function bestRun(marks: Mark[], positions: number[], length: number): [number, number] {
  const counts = new Map<number, number>()
  let best: [number, number] = [0, 0]
  let bestScore = 0
  let first = 0
  marks.forEach(({ terms }, last) => {
    terms.forEach((term) => counts.set(term, (counts.get(term) ?? 0) + 1))
    for (; positions[last] - positions[first] >= length; first++) {
      marks[first].terms.forEach((term) => forget(counts, term))
    }
    // One distinct word more outweighs any number of repeated ones.
    const score = counts.size * (length + 1) + (last - first + 1)
    if (score > bestScore) {
      bestScore = score
      best = [first, last]
    }
  })
  return best
}

function forget(counts: Map<number, number>, term: number): void {
  const count = counts.get(term)! - 1
  if (count) {
    counts.set(term, count)
  } else {
    counts.delete(term)
  }
}
