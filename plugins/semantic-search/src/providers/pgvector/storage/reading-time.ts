/**
 * When the store was read to build a document. Two readings of one product can reach the index in
 * either order — events run side by side, and a rebuild reads for minutes — so the newest reading must
 * win, not the last write. The mark travels on the document itself, out of sight of JSON.
 */
const READ_AT = Symbol.for("medusa-plugin-semantic-search.read_at")

/** Marks documents, or the filters of a deletion, as built from a reading that began at `at`. */
export function markReadingTime<T extends object>(documents: T[], at: Date): T[] {
  for (const document of documents) {
    Object.defineProperty(document, READ_AT, { value: at, enumerable: false, configurable: true })
  }
  return documents
}

/** When a document (or deletion) was read; now, for one that bears no mark. */
export function readingTime(document: object): Date {
  return (document as { [READ_AT]?: Date })[READ_AT] ?? new Date()
}
