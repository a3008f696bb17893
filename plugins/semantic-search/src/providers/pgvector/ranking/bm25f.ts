import { createHash } from "node:crypto"
import type { WeightLabel } from "../plan"

/*
 * BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to multiple weighted fields"): the
 * occurrences of a word are weighted by field and divided by how long that field is, added up, and only
 * then saturated. So a title outweighs a passing mention, a long description doesn't win by its length,
 * and a tenth occurrence adds next to nothing.
 *
 *   frequency(word, document) = Σ field: weight · occurrences / (1 − b + b · length / average length)
 *   impact(word, document)    = frequency · (k1 + 1) / (frequency + k1)
 *   score(query, document)    = Σ word of the query: rarity(word) · impact(word, document)
 *
 * A document keeps its impacts as a sparse vector with one dimension a word, so that Postgres computes
 * the score of a match as one inner product, without reading its text or an inverted index of ours.
 */

/** How soon further occurrences of a word stop counting. */
const K1 = 0.8

/** How much a field's length counts, 0 … 1. */
const B = 0.75

/**
 * How much one occurrence counts by where it stands. A title is short, so the division by length already
 * lifts its words; larger weights than these lost on every collection that they were measured on.
 */
const FIELD_WEIGHTS: Readonly<Record<WeightLabel, number>> = { A: 2, B: 1.5, C: 1.2, D: 1 }

/** How much the very form of a word counts beside its stem: "gaming" before "games". */
export const EXACT_FORM_WEIGHT = 0.5

/** The most that a word can count in one document. */
export const MAX_IMPACT = K1 + 1

/** The dimensions of the sparse vectors; pgvector allows 10⁹. Two of 100,000 words share one by chance. */
export const TERM_DIMENSIONS = 2 ** 29

/** What one occurrence in a field counts, as numbers for a statement: `weight / (base + perWord · length)`. */
export function occurrenceTerms(
  label: WeightLabel,
  average: number
): { weight: number; base: number; perWord: number } {
  return { weight: FIELD_WEIGHTS[label], base: 1 - B, perWord: B / Math.max(average, 1) }
}

/** What one occurrence in a field of that length counts, before saturation. */
export function occurrenceWeight(label: WeightLabel, length: number, average: number): number {
  const { weight, base, perWord } = occurrenceTerms(label, average)
  return weight / (base + perWord * length)
}

/** The constant K1, for the statement that saturates. */
export const SATURATION = K1

/**
 * How rare a word is: the logarithm by which BM25 weighs it, never below 0.
 *
 * @param documents how many documents hold the word
 * @param total how many documents there are
 */
export function rarity(documents: number, total: number): number {
  return Math.log(1 + (Math.max(total, documents) - documents + 0.5) / (documents + 0.5))
}

/** The key of a word's form as it is written, kept apart from that of a stem. */
export function exactFormKey(word: string): string {
  return `=${word}`
}

/** The dimension of a key, from 1 up. Written in SQL by `document-impacts.ts`: keep the two alike. */
export function dimensionOf(key: string): number {
  const head = createHash("md5").update(key).digest().readUInt32BE(0)
  return (head % TERM_DIMENSIONS) + 1
}

/** A sparse vector in pgvector's notation. Of two keys with one dimension the weightier counts. */
export function sparseVector(weights: ReadonlyMap<string, number>): string {
  const elements = new Map<number, number>()
  for (const [key, weight] of weights) {
    const dimension = dimensionOf(key)
    elements.set(dimension, Math.max(elements.get(dimension) ?? 0, weight))
  }
  const sorted = [...elements].sort(([a], [b]) => a - b)
  return `{${sorted.map(([dimension, weight]) => `${dimension}:${weight}`).join(",")}}/${TERM_DIMENSIONS}`
}
