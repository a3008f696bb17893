const DAY_MS = 24 * 60 * 60 * 1000

/** The number of the day, the same for everybody in the world at one time. */
export function dayNumber(now: Date): number {
  return Math.floor(now.getTime() / DAY_MS)
}

/** A list that begins further along and goes round. */
export function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length ? by % items.length : 0
  return [...items.slice(start), ...items.slice(0, start)]
}

/**
 * Where on a shelf a row begins on a day: it moves on by a row each day, and never runs over the end.
 *
 * @param count of books on the shelf
 * @param size of the row
 */
export function windowOf(count: number, size: number, day: number): number {
  const places = Math.max(1, count - size + 1)
  return (day * size) % places
}
