import type { TypoTolerance } from "../plan"

/** How many known words are compared with a misspelt one; the nearest by trigrams come first. */
export const CANDIDATES = 20

/** How many corrections of one word are looked for. */
const MAX_CORRECTIONS = 3

/**
 * Keeps, of the known words that resemble a misspelt one, those within the tolerated number of slips,
 * nearest first.
 *
 * @param word the misspelt word, folded
 * @param distanceOf how many slips lie between it and a candidate
 */
export function nearestWords<Candidate>(
  word: string,
  candidates: Candidate[],
  distanceOf: (candidate: Candidate) => number,
  { two }: Pick<TypoTolerance, "two">
): Candidate[] {
  const slips = word.length >= two ? 2 : 1
  return candidates
    .map((candidate) => ({ candidate, distance: distanceOf(candidate) }))
    .filter(({ distance }) => distance <= slips)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_CORRECTIONS)
    .map(({ candidate }) => candidate)
}
