/**
 * When the store was read to build a document. Two readings of one product can reach the index in
 * either order — events run side by side, and a rebuild reads for minutes — so the newest reading must
 * win, not the last write. The mark travels on the document itself, out of sight of JSON.
 */
const READ_AT = Symbol.for("medusa-plugin-semantic-search.read_at")

let last = 0

/**
 * The time at which a reading begins. Two readings of a process never have the same, or the older of two
 * that begin within a millisecond could undo the newer.
 */
export function beginReading(): Date {
  last = Math.max(Date.now(), last + 1)
  return new Date(last)
}

/** Marks documents, or the filters of a deletion, as built from a reading that began at `at`. */
export function markReadingTime<T extends object>(documents: T[], at: Date): T[] {
  for (const document of documents) {
    Object.defineProperty(document, READ_AT, { value: at, enumerable: false, configurable: true })
  }
  return documents
}

/** When a document (or deletion) was read; now, for one that bears no mark. */
export function readingTime(document: object): Date {
  return (document as { [READ_AT]?: Date })[READ_AT] ?? beginReading()
}
