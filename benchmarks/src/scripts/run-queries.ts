import { readFileSync, writeFileSync } from "node:fs"
import type { ExecArgs, ISearchModuleService, SearchTypes } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { currentDataset, type Provider } from "../dataset/dataset"

/** What is compared: a provider, and how it is asked. */
const ENGINES: Record<
  string,
  { provider: Provider; options: (text: string) => SearchTypes.SearchOptions }
> = {
  keyword: {
    provider: "pgvector",
    options: (query) => ({ vector: { query, semantic_ratio: 0 } }),
  },
  semantic: {
    provider: "pgvector",
    options: (query) => ({ vector: { query, semantic_ratio: 1 } }),
  },
  hybrid: { provider: "pgvector", options: () => ({}) },
  native: { provider: "search-postgres", options: () => ({ match_strategy: "any" }) },
}

/** As deep as the deepest measure, recall@100, looks. */
const DEPTH = 100

/** How many queries go by between two lines of progress. */
const REPORT_EVERY = 10

interface Query {
  id: string
  text: string
}

/** An answer: ids and scores, best first; or why there is none. */
type Answer = { hits: [id: string, score: number][] } | { refused: string }

/**
 * Asks every engine every query. The first argument is a file with `[{ id, text }]`; to the second the
 * answers are written: `{ engine: { query id: answer } }`.
 */
export default async function run({ container, args: [from, to] }: ExecArgs): Promise<void> {
  const queries = JSON.parse(readFileSync(from, "utf8")) as Query[]
  const search = container.resolve<ISearchModuleService>(Modules.SEARCH)
  const { indexes } = currentDataset()!
  const engines = Object.entries(ENGINES)
  const total = queries.length * engines.length
  const answers: Record<string, Record<string, Answer>> = {}
  let done = 0
  for (const [name, { provider, options }] of engines) {
    answers[name] = {}
    for (const { id, text } of queries) {
      answers[name][id] = await ask(search, indexes[provider], text, options(text))
      if (++done % REPORT_EVERY === 0) {
        console.log(`${done} of ${total} searches`)
      }
    }
  }
  writeFileSync(to, JSON.stringify(answers))
}

async function ask(
  search: ISearchModuleService,
  entity: string,
  text: string,
  options: SearchTypes.SearchOptions
): Promise<Answer> {
  let result: SearchTypes.SearchResult
  try {
    result = await search.search({
      entity,
      fields: ["id"],
      filters: { q: text },
      pagination: { take: DEPTH },
      search_options: { ...options, include_score: true },
    })
  } catch (error) {
    return { refused: (error as Error).message }
  }
  const { degraded } = (result.provider_metadata ?? {}) as { degraded?: string }
  if (degraded) {
    // Scored all the same, it would be the score of another engine.
    throw new Error(`"${text}" was answered without its meaning: ${degraded}`)
  }
  return { hits: result.hits.map((hit) => [String(hit.id), hit.score ?? 0]) }
}
