import { createReadStream, readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import type { SearchTypes } from "@medusajs/framework/types"

/** The providers that are measured side by side, by the identifiers that Medusa knows them by. */
export const PROVIDERS = ["pgvector", "search-postgres"] as const

export type Provider = (typeof PROVIDERS)[number]

/** A file of documents and how they are searched: what the tools write before they start this app. */
export interface Dataset {
  /** Absolute path of the documents, one JSON object a line; `embedding` holds the text to embed. */
  documents: string
  /** How many there are. */
  count: number
  /** The documents' fields, but for `id` and `embedding`. */
  fields: Record<string, SearchTypes.SearchFieldDefinition>
  /** The index of each provider. */
  indexes: Record<Provider, string>
}

/** The field whose value is the text that is embedded. */
export const VECTOR_FIELD = "embedding"

/**
 * The dataset that `LIBRO_DATASET` names, a path; undefined where it names none: then the app has no
 * index, which is all that its migrations need.
 */
export function currentDataset(): Dataset | undefined {
  const file = process.env.LIBRO_DATASET
  return file ? (JSON.parse(readFileSync(file, "utf8")) as Dataset) : undefined
}

/** Reads documents in the order of the file. */
export async function* readDocuments(file: string): AsyncGenerator<SearchTypes.SearchDocument> {
  for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
    if (line) {
      yield JSON.parse(line) as SearchTypes.SearchDocument
    }
  }
}
