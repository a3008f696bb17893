import type { SearchTypes } from "@medusajs/framework/types"
import { defineSearchIndex, search } from "@medusajs/framework/utils"
import { DEFAULT_EMBEDDING_MODEL } from "medusa-plugin-semantic-search/embedding"
import { finishSeed } from "medusa-plugin-semantic-search/maintenance"
import { type Dataset, type Provider, PROVIDERS, readDocuments, VECTOR_FIELD } from "./dataset"

/** Documents handed over at a time. */
const BATCH_SIZE = 100

/** How many documents of an index the build that runs has written; by the index's name. */
export const written = new Map<string, number>()

/**
 * Defines the dataset's index once for each provider, with the same fields and the same documents. The
 * environment's `LIBRO_VECTORS` is the precision of the vectors, "single" or "half".
 */
export function defineIndexes(dataset: Dataset): SearchTypes.SearchIndexDefinition[] {
  return PROVIDERS.map((provider) => defineIndex(dataset, provider))
}

function defineIndex(dataset: Dataset, provider: Provider): SearchTypes.SearchIndexDefinition {
  // The native engine of search-postgres has no vectors; it would warn, and keep the text for nothing.
  const embeds = provider === "pgvector"
  const vector = search.vector(DEFAULT_EMBEDDING_MODEL.dimensions).embed()
  const { LIBRO_VECTORS: precision } = process.env
  const { id, embedding } = search
    .define({
      id: search.keyword().filterable(),
      embedding: precision ? vector.providerOptions({ pgvector: { precision } }) : vector,
    })
    .toFields()
  const fields = { id, ...dataset.fields, ...(embeds ? { [VECTOR_FIELD]: embedding } : {}) }
  return defineSearchIndex({
    name: dataset.indexes[provider],
    entity: "product",
    provider,
    fields: { toFields: () => fields },
    seed: (context) => seed(dataset, context, embeds),
  } as Parameters<typeof defineSearchIndex>[0]) as SearchTypes.SearchIndexDefinition
}

/**
 * Reads the documents from their file. A run that was cut off goes on after the last document that was
 * written; nothing changes while one runs, so there is nothing to catch up on.
 */
async function* seed(
  { documents, count }: Dataset,
  { catchup, index, last_key: lastKey }: SearchTypes.SearchSeedContext,
  embeds: boolean
): AsyncGenerator<SearchTypes.SearchMutation[]> {
  if (catchup) {
    return
  }
  let skipping = lastKey !== undefined
  let done = 0
  let batch: SearchTypes.SearchDocument[] = []
  for await (const document of readDocuments(documents)) {
    done++
    if (skipping) {
      skipping = document.id !== lastKey
      continue
    }
    if (!embeds) {
      delete document[VECTOR_FIELD]
    }
    batch.push(document)
    if (batch.length === BATCH_SIZE) {
      yield [{ action: "upsert", documents: batch }]
      // The module asks for more once it has written what it had.
      written.set(index.name, done)
      console.log(`${done} of ${count} products`)
      batch = []
    }
  }
  if (batch.length) {
    yield [{ action: "upsert", documents: batch }]
  }
  if (embeds) {
    // The module keeps what doesn't fill a batch until the end of the seed, or until a deletion comes.
    yield [{ action: "delete", filters: { id: [] } }]
    await finishSeed(index.physical_name)
  }
}
