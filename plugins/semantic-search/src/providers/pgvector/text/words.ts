/** The shortest word that is kept for correction: shorter ones are one typo away from everything. */
const MIN_WORD_LENGTH = 3

/** The longest word that is kept; what is longer is a code or a link, and nobody misspells it. */
const MAX_WORD_LENGTH = 40

/** Lower case, accents and other marks removed: "Brontë" → "bronte". */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
}

/** A word. An apostrophe within it belongs to it. */
export const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu

/** The words of a text as they stand, in order. */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? []
}

/**
 * What a word is corrected by: folded and, where an apostrophe divides it, its longest part, as text
 * search divides it too ("Hitchhiker's" → "hitchhiker", "L'Étranger" → "etranger").
 */
export function wordCore(word: string): string {
  const parts = fold(word).split(/['’]/)
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest))
}

/** The distinct folded words of texts that a misspelt query may have meant, sorted. */
export function vocabulary(texts: Iterable<string>): string[] {
  const words = new Set<string>()
  for (const text of texts) {
    for (const word of splitWords(text)) {
      const core = wordCore(word)
      if (core.length >= MIN_WORD_LENGTH && core.length <= MAX_WORD_LENGTH && !/\d/.test(core)) {
        words.add(core)
      }
    }
  }
  return [...words].sort()
}

/** How long a text is, in words. */
export function countWords(text: string): number {
  return splitWords(text).length
}
