/**
 * Optimal string alignment distance: the fewest insertions, deletions, substitutions and swaps of
 * neighbouring letters that turn `a` into `b`. A swap counts once, since "tolkein" is one slip.
 *
 * Method: dynamic programming over three rows (Boytsov 2011, "Indexing methods for approximate
 * dictionary searching", section 2.1). Time |a|·|b|.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      current[j] = Math.min(last[j] + 1, current[j - 1] + 1, substitution)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) {
        current[j] = Math.min(current[j], beforeLast[j - 2] + 1)
      }
    }
    beforeLast = last
    last = current
  }
  return last[b.length]
}
