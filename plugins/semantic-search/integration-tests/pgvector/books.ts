import type { SearchTypes } from "@medusajs/framework/types"
import { search } from "@medusajs/framework/utils"
import type { PgvectorSearchService } from "../../src/providers/pgvector/service"
import { DIMENSIONS } from "./scripted-embedder"

type Definition = SearchTypes.ResolvedSearchIndexDefinition

/** A document of the tests' index. `embedding` is the text that is embedded. */
export interface Book {
  id: string
  title?: string | null
  description?: string | null
  authors?: string[] | null
  genre?: string | null
  code?: string | null
  tags?: string[] | null
  pages?: number | null
  ratings?: number[] | null
  price?: { eur?: number | null } | null
  published?: string | null
  in_stock?: boolean | null
  embedding?: string | null
}

const FIELDS = search
  .define({
    id: search.keyword().filterable(),
    title: search.text().searchable({ weight: 3 }).filterable().sortable(),
    description: search.text().searchable(),
    authors: search.text().array().searchable({ weight: 2 }).filterable().facetable(),
    genre: search.keyword().filterable().sortable().facetable(),
    code: search.keyword().filterable(),
    tags: search.keyword().array().filterable().facetable(),
    pages: search
      .integer()
      .filterable()
      .sortable()
      .facetable({ types: ["value", "range", "stats"] }),
    ratings: search.integer().array().filterable().facetable(),
    price: search.object({
      eur: search
        .float()
        .filterable()
        .sortable()
        .facetable({ types: ["range", "stats"] }),
    }),
    published: search
      .date()
      .filterable()
      .sortable()
      .facetable({ types: ["range", "stats"] }),
    in_stock: search.boolean().filterable().facetable(),
    embedding: search.vector(DIMENSIONS).embed(),
  } as never)
  .toFields()

/** The same without the vector. */
const { embedding: _, ...KEYWORD_FIELDS } = FIELDS

/** A version of an index, as the Search Module hands it to a provider. */
export function version(root: string, number: number, fields = FIELDS): Definition {
  return {
    name: root,
    entity: "book",
    primary_key: "id",
    provider: "pgvector",
    settings: {},
    definition_hash: "",
    physical_name: `${root}_v${number}`,
    fields,
    async *seed() {},
  }
}

export function keywordVersion(root: string, number: number): Definition {
  return version(root, number, KEYWORD_FIELDS)
}

/** What the module hands over when it seeds: the definition bears the index's own name. */
export function seeding(definition: Definition): Definition {
  return { ...definition, physical_name: definition.name }
}

export type Query = Omit<Partial<SearchTypes.ProviderSearchQuery>, "index">

/** Searches as the Search Module does: vector queries name their field. */
export async function find(
  service: PgvectorSearchService,
  index: Definition,
  query: Query = {}
): Promise<SearchTypes.SearchResult> {
  const { search_options: options, ...rest } = query
  const vector = options?.vector && { field: "embedding", ...options.vector }
  const [result] = await service.searchMany([
    {
      index,
      attributes_to_retrieve: Object.keys(index.fields).filter((field) => field !== "embedding"),
      ...rest,
      search_options: options && { ...options, ...(vector ? { vector } : {}) },
    },
  ])
  return result
}

export async function findIds(...args: Parameters<typeof find>): Promise<string[]> {
  return (await find(...args)).hits.map(({ id }) => id)
}

/** Writes documents as an event does. */
export async function write(
  service: PgvectorSearchService,
  index: Definition,
  documents: Book[]
): Promise<SearchTypes.SearchTask> {
  return await service.upsertDocuments({
    index: index.physical_name,
    definition: index,
    documents: documents as unknown as SearchTypes.SearchDocument[],
  })
}

/** Writes documents as a rebuild does. */
export async function seed(
  service: PgvectorSearchService,
  index: Definition,
  documents: Book[]
): Promise<SearchTypes.SearchTask> {
  return await service.upsertDocuments({
    index: index.physical_name,
    definition: seeding(index),
    documents: documents as unknown as SearchTypes.SearchDocument[],
  })
}

/** Makes an index with documents, all embedded. */
export async function filled(
  provider: { service: PgvectorSearchService; embedAll(): Promise<void> },
  index: Definition,
  documents: Book[]
): Promise<Definition> {
  await provider.service.upsertIndex({ index })
  await write(provider.service, index, documents)
  await provider.embedAll()
  return index
}
