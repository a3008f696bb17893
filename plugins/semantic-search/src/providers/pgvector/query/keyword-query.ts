import type { SearchTypes } from "@medusajs/framework/types"
import { EXACT_FORM_WEIGHT, exactFormKey, MAX_IMPACT, rarity, sparseVector } from "../ranking/bm25f"
import type { QueryWord, WordForm } from "./query-words"

/** How the words of a query combine; `most` where the caller names no strategy. */
export type MatchStrategy = SearchTypes.SearchMatchStrategy | "most"

/** What the words of a query come to in Postgres. */
export interface KeywordQuery {
  /** Which documents match: a `tsquery`. */
  tsquery: string
  /** How a match is ranked: what each key counts in the query, times what it counts in a document. */
  keys: ReadonlyMap<string, number>
  /** The same as a sparse vector, whose inner product with a document's impacts is the rank. */
  weights: string
  /** How many words of the query any document may hold. */
  words: number
  /** The score of a document that says nothing but the query's words: what scores are divided by. */
  ceiling: number
}

/**
 * Of a query's words, weighed by rarity, how much a document must hold. Of two words the rarer is enough
 * ("tolkien book") and the commoner isn't, and both are needed where they are alike; a question of ten
 * words names things that no single text has all of. Whoever wants each word to occur says
 * `match_strategy: "all"`.
 */
const REQUIRED_SHARES: readonly { words: number; share: number }[] = [
  { words: 1, share: 1 },
  { words: 2, share: 0.51 },
  { words: 5, share: 0.4 },
  { words: Number.POSITIVE_INFINITY, share: 0.3 },
]

/** The rarest words of a query decide whether a document matches; more would make too many combinations. */
const MAX_REQUIRED_WORDS = 6

/** A correction counts less than the word itself would: it may not be what was meant. */
const CORRECTION_WEIGHT = 0.8

interface WeighedWord {
  word: QueryWord
  rarity: number
}

/**
 * Compiles the words of a query.
 *
 * - `all`: each word must occur; `any`: one of them;
 * - `last`: each must occur, and the last may be the beginning of one;
 * - `most`: words must occur that make up a share of the query's rarity (`REQUIRED_SHARES`).
 *
 * @param total how many documents there were when words were counted; 0: never counted
 * @returns undefined where nothing is left to look for
 */
export function keywordQuery(
  words: QueryWord[],
  strategy: MatchStrategy,
  total: number
): KeywordQuery | undefined {
  if (!words.length) {
    return undefined
  }
  const weighed = words.map((word) => ({ word, rarity: rarityOf(word, total) }))
  const keys = weightsOf(words, total)
  return {
    tsquery: matchExpression(weighed, strategy),
    keys,
    weights: sparseVector(keys),
    words: words.filter(({ known }) => known).length,
    ceiling: weighed.reduce(
      (sum, word) => sum + word.rarity * MAX_IMPACT * (1 + EXACT_FORM_WEIGHT),
      0
    ),
  }
}

/** How rare a word is: in the form in which it occurs most. */
function rarityOf({ alternatives, completions }: QueryWord, total: number): number {
  const forms = [...alternatives.map(({ stems }) => stems), ...completions.map((stem) => [stem])]
  const rarities = forms.map((stems) =>
    stems.reduce((sum, { documents }) => sum + stemRarity(documents, total), 0)
  )
  return Math.min(...rarities)
}

function stemRarity(documents: number | null, total: number): number {
  // Before the first count no word is known to be rarer than another.
  return total ? rarity(documents ?? 0, total) : 1
}

function weightsOf(words: QueryWord[], total: number): Map<string, number> {
  const weights = new Map<string, number>()
  const add = (key: string, weight: number) =>
    weights.set(key, Math.max(weights.get(key) ?? 0, weight))
  for (const { alternatives, completions } of words) {
    for (const { stems, forms, corrected } of alternatives) {
      const factor = corrected ? CORRECTION_WEIGHT : 1
      for (const { stem, documents } of stems) {
        add(stem, factor * stemRarity(documents, total))
      }
      const weight = Math.max(0, ...stems.map(({ documents }) => stemRarity(documents, total)))
      forms.forEach((form) => add(exactFormKey(form), factor * EXACT_FORM_WEIGHT * weight))
    }
    for (const { stem, documents } of completions) {
      add(stem, CORRECTION_WEIGHT * stemRarity(documents, total))
    }
  }
  return weights
}

function matchExpression(words: WeighedWord[], strategy: MatchStrategy): string {
  switch (strategy) {
    case "any":
      return words.map(({ word }) => wordExpression(word)).join(" | ")
    case "all":
      return words.map(({ word }) => wordExpression(word)).join(" & ")
    case "last":
      return words
        .map(({ word }, i) => wordExpression(word, { prefix: i === words.length - 1 }))
        .join(" & ")
    case "most":
      return mostExpression(words)
  }
}

/** The combinations of words that suffice, without those that hold a smaller one. */
function mostExpression(words: WeighedWord[]): string {
  const known = words.filter(({ word }) => word.known)
  if (!known.length) {
    return words.map(({ word }) => wordExpression(word)).join(" & ")
  }
  const rarest = [...known].sort((a, b) => b.rarity - a.rarity).slice(0, MAX_REQUIRED_WORDS)
  const combinations = sufficient(
    rarest.map((word) => word.rarity),
    requiredShare(rarest.length)
  )
  return combinations
    .map((combination) => combination.map((i) => wordExpression(rarest[i].word)).join(" & "))
    .map((expression) => `(${expression})`)
    .join(" | ")
}

function requiredShare(words: number): number {
  return REQUIRED_SHARES.find((step) => words <= step.words)!.share
}

/**
 * The smallest sets of positions whose weights add up to `share` of all.
 *
 * @param weights heaviest first
 */
export function sufficient(weights: number[], share: number): number[][] {
  const needed = share * weights.reduce((sum, weight) => sum + weight, 0) - 1e-9
  const found: number[][] = []
  const extend = (chosen: number[], sum: number, next: number): void => {
    if (sum >= needed) {
      // The last that was added is the lightest; without any of them less would be left.
      found.push(chosen)
      return
    }
    for (let i = next; i < weights.length; i++) {
      extend([...chosen, i], sum + weights[i], i + 1)
    }
  }
  extend([], 0, 0)
  return found
}

function wordExpression(
  { alternatives, completions }: QueryWord,
  { prefix = false }: { prefix?: boolean } = {}
): string {
  const forms = alternatives.map((form) => formExpression(form, prefix))
  if (prefix) {
    forms.push(...completions.map(({ stem }) => quoted(stem)))
  }
  const distinct = [...new Set(forms)]
  return distinct.length > 1 ? `(${distinct.join(" | ")})` : distinct[0]
}

function formExpression({ stems }: WordForm, prefix: boolean): string {
  const parts = stems.map(({ stem }) => (prefix ? `${quoted(stem)}:*` : quoted(stem)))
  return parts.length > 1 ? `(${parts.join(" & ")})` : parts[0]
}

/** A lexeme as the text form of a `tsquery` takes it. */
function quoted(stem: string): string {
  return `'${stem.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`
}
