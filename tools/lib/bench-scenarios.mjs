import { FILTERS, generateQuery } from "./generated-catalogue.mjs"

export const OURS = "pgvector"
export const THEIRS = "search-postgres"

/** Searches that are asked over and over, so that their embeddings are in memory. */
const FAMILIAR = 50

const FACETS = [
  "brand",
  "category",
  {
    field: "price",
    type: "range",
    ranges: [{ to: 10 }, { from: 10, to: 50 }, { from: 50, to: 200 }, { from: 200 }],
  },
]

/** By words alone. The other provider knows nothing else. */
const byWords = (engine, query) => (engine === OURS ? { vector: { query, semantic_ratio: 0 } } : {})

/**
 * What is measured. Where both engines are asked, both search by words: like is compared with like.
 *
 * - `engines`: who is asked.
 * - `fresh`: whether each search is one that was never asked before.
 * - `body`: the search without its index.
 */
export const SCENARIOS = {
  keyword: {
    engines: [OURS, THEIRS],
    body: (engine, q) => ({ filters: { q }, search_options: byWords(engine, q) }),
  },
  "hybrid-cached": { engines: [OURS], body: (_, q) => ({ filters: { q } }) },
  "hybrid-uncached": { engines: [OURS], fresh: true, body: (_, q) => ({ filters: { q } }) },
  "filter-10": {
    engines: [OURS, THEIRS],
    body: (engine, q) => ({
      filters: { q, ...FILTERS[10] },
      search_options: byWords(engine, q),
    }),
  },
  "filter-1": {
    engines: [OURS, THEIRS],
    body: (engine, q) => ({ filters: { q, ...FILTERS[1] }, search_options: byWords(engine, q) }),
  },
  facets: {
    engines: [OURS, THEIRS],
    body: (engine, q) => ({
      filters: { q },
      search_options: { ...byWords(engine, q), facets: FACETS },
    }),
  },
}

/** The same with meaning, which only we have. */
export const HYBRID_SCENARIOS = {
  "hybrid-filter-10": {
    engines: [OURS],
    body: (_, q) => ({ filters: { q, ...FILTERS[10] } }),
  },
  "hybrid-filter-1": { engines: [OURS], body: (_, q) => ({ filters: { q, ...FILTERS[1] } }) },
  "hybrid-facets": {
    engines: [OURS],
    body: (_, q) => ({ filters: { q }, search_options: { facets: FACETS } }),
  },
}

/**
 * The texts that are searched: a round of familiar ones, and ones that were never asked before.
 *
 * @returns {{ familiar: string[], fresh(): string }}
 */
export function createQueries() {
  const asked = new Set()
  let number = 0
  const fresh = () => {
    for (;;) {
      const text = generateQuery(number++)
      if (asked.has(text)) continue
      asked.add(text)
      return text
    }
  }
  return { familiar: Array.from({ length: FAMILIAR }, fresh), fresh }
}
