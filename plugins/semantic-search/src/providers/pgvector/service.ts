import { isDeepStrictEqual } from "node:util"
import type { Logger, SearchTypes } from "@medusajs/framework/types"
import { AbstractSearchProviderService, extractPrimaryKeyFilter } from "@medusajs/framework/utils"
import sql from "sql-template-tag"
import { type Embedder, type QueryEmbedding, QueryEmbeddings } from "../../embedding"
import {
  observedEmbedder,
  type ObservedSearch,
  observeSearch,
  observeSuggestions,
} from "../../telemetry"
import { createEmbedder } from "./create-embedder"
import { type Database, type EntityManager, identifier, StoreDatabase } from "./database"
import { EmbeddingWorker } from "./embedding-queue/embedding-worker"
import { MissingVectors } from "./embedding-queue/missing-vectors"
import { waitForVectors } from "./embedding-queue/wait-for-vectors"
import { indexNotFound, indexReplaced, UNDEFINED_TABLE } from "./errors"
import { resolveOptions, type ResolvedOptions } from "./options"
import { buildPlan, languagesOf, PLAN_FORMAT } from "./plan"
import { registerRuntime } from "./runtime"
import { FilterSelectivity } from "./query/filter-selectivity"
import { compileFilters } from "./query/filters"
import { WordLookup } from "./query/query-words"
import { runSearch } from "./query/run-search"
import { ServingVersions } from "./storage/active-indexes"
import { type DocumentRow, toDocumentRow } from "./storage/document-row"
import { createDocumentTable, dropDocumentTable } from "./storage/document-table"
import { type Extensions, loadExtensions } from "./storage/extensions"
import { IndexCatalogue, type PhysicalIndex, tablesOf } from "./storage/index-catalogue"
import { MissedIds } from "./storage/missed-ids"
import { readingTime } from "./storage/reading-time"
import { refreshTermCounts, SEEDING_CHANGED_SHARE } from "./storage/statistics"
import { createTextSearchConfigs } from "./storage/text-search-config"
import { clear, forgetTombstones, removeIds, removeWhere } from "./storage/remove-documents"
import { writeDocuments } from "./storage/write-documents"
import { PhraseKeeper } from "./suggestions/phrase-keeper"
import { createPhraseTable, dropPhraseTable } from "./suggestions/phrase-table"
import { suggest, type SuggestOption, suggestOption } from "./suggestions/suggest"

type Task = SearchTypes.SearchTask

/** How many queries of one request run at once; the connection pool is all of Medusa's. */
const PARALLEL_QUERIES = 3

/**
 * Hybrid search — words and meaning — in the store's own Postgres with pgvector.
 *
 * Writes put a document into its table and its text into the embedding queue in one transaction; a
 * worker makes the vectors. Reads run one statement over one result set (`query/result-set.ts`).
 */
export class PgvectorSearchService extends AbstractSearchProviderService {
  static override identifier = "pgvector"

  static validateOptions(options: unknown): void {
    resolveOptions(options)
  }

  private readonly options_: ResolvedOptions
  private readonly logger_: Logger
  private readonly database_: StoreDatabase
  private readonly catalogue_: IndexCatalogue
  private readonly serving_: ServingVersions
  private readonly embedder_: Embedder
  private readonly queryEmbeddings_: QueryEmbeddings
  private readonly worker_: EmbeddingWorker
  private readonly phrases_: PhraseKeeper
  private readonly words_: WordLookup
  private readonly selectivity_: FilterSelectivity
  private readonly missing_: MissingVectors
  private readonly unwritten_ = new MissedIds()
  private extensionsPromise_: Promise<Extensions> | undefined

  constructor({ manager, logger }: { manager: EntityManager; logger: Logger }, options?: unknown) {
    super()
    this.options_ = resolveOptions(options)
    this.logger_ = logger
    this.database_ = new StoreDatabase(manager)
    this.catalogue_ = new IndexCatalogue(this.database_)
    this.serving_ = new ServingVersions(this.database_)
    this.words_ = new WordLookup(this.database_)
    this.selectivity_ = new FilterSelectivity(this.database_)
    this.embedder_ = observedEmbedder(createEmbedder(this.options_.embedder))
    this.queryEmbeddings_ = new QueryEmbeddings(this.embedder_, {
      cache_size: this.options_.embedding_cache_size,
      timeout_ms: this.options_.embedding_timeout_ms,
    })
    this.missing_ = new MissingVectors(this.database_)
    this.worker_ = new EmbeddingWorker({
      database: this.database_,
      catalogue: this.catalogue_,
      extensions: () => this.extensions(),
      embedder: this.embedder_,
      logger,
    })
    this.phrases_ = new PhraseKeeper({
      database: this.database_,
      catalogue: this.catalogue_,
      extensions: () => this.extensions(),
      logger,
      options: this.options_.suggestions,
    })
    registerRuntime({
      database: this.database_,
      catalogue: this.catalogue_,
      embedder: this.embedder_,
      worker: this.worker_,
      phrases: this.phrases_,
      unwritten: this.unwritten_,
      extensions: () => this.extensions(),
    })
  }

  override async upsertIndex({
    index,
  }: {
    index: SearchTypes.ResolvedSearchIndexDefinition
  }): Promise<Task> {
    const name = index.physical_name
    const plan = buildPlan(index, {
      language: this.options_.language,
      model: this.embedder_.id,
      dimensions: this.embedder_.dimensions,
    })
    const extensions = await this.extensions()
    const existing = await this.catalogue_.find(name)
    // Not compared as text: `jsonb` keeps no order of keys.
    if (existing && isDeepStrictEqual(existing.plan, plan)) {
      return succeeded(name)
    }
    await this.database_.transaction(async (transaction) => {
      for (const language of languagesOf(plan)) {
        await createTextSearchConfigs(transaction, extensions, language)
      }
      // Tables of an index that the catalogue doesn't know are left over from a run that was cut off.
      await dropDocumentTable(transaction, tablesOf(name))
      await dropPhraseTable(transaction, { name, ...tablesOf(name) })
      await createDocumentTable(
        transaction,
        { name, root: name, version: 0, plan, statistics: {}, ...tablesOf(name) },
        extensions
      )
      await createPhraseTable(transaction, tablesOf(name))
      await forgetTombstones(transaction, name)
      await this.catalogue_.save(transaction, name, plan)
    })
    return succeeded(name)
  }

  override async deleteIndex({ index }: { index: string }): Promise<Task> {
    await this.database_.transaction(async (transaction) => {
      await dropDocumentTable(transaction, tablesOf(index))
      await dropPhraseTable(transaction, { name: index, ...tablesOf(index) })
      await forgetTombstones(transaction, index)
      await this.catalogue_.remove(transaction, index)
    })
    return succeeded(index)
  }

  override async listIndexes(): Promise<SearchTypes.SearchIndexInfo[]> {
    const indexes = await this.catalogue_.listAll()
    const infos: SearchTypes.SearchIndexInfo[] = []
    for (const { name, table, plan } of indexes) {
      if (plan.format !== PLAN_FORMAT) {
        // As good as empty: Medusa fills it anew when it starts.
        infos.push({ name, provider: PgvectorSearchService.identifier, document_count: 0 })
        continue
      }
      const [{ count }] = await this.database_.query<{ count: number }>(
        sql`SELECT count(*)::int AS count FROM ${identifier(table)}`
      )
      infos.push({ name, provider: PgvectorSearchService.identifier, document_count: count })
    }
    return infos
  }

  override async upsertDocuments({
    index: name,
    definition,
    documents,
  }: {
    index: string
    definition: SearchTypes.ResolvedSearchIndexDefinition
    documents: SearchTypes.SearchDocument[]
  }): Promise<Task> {
    const seeding = name !== definition.physical_name
    const extensions = await this.extensions()
    await this.renewOutdated(name, definition)
    for (const index of await this.targets(name, { seeding })) {
      const rows = lastById(documents.map((document) => toDocumentRow(document, index.plan)))
      const ids = rows.map(({ values }) => values.id)
      await this.write(
        index,
        (transaction) => writeDocuments(transaction, index, extensions, rows),
        seeding ? [] : ids
      )
      if (!seeding) {
        this.phrases_.written(index, ids)
      }
      if (!index.statistics.average_lengths) {
        // The first documents of a version decide by which averages all are ranked.
        this.catalogue_.forget(index.name)
      }
    }
    this.worker_.wake()
    // A live write is findable by keyword now, and the event that brought it must not wait for a model.
    return seeding ? { id: name, index: name, status: "enqueued" } : succeeded(name)
  }

  override async deleteDocuments({
    index: name,
    filters,
  }: SearchTypes.SearchDeleteDocumentsInput): Promise<Task> {
    const at = readingTime(filters)
    for (const index of await this.targets(name, { seeding: false })) {
      const ids = extractPrimaryKeyFilter(filters, index.plan)
      await this.write(
        index,
        (transaction) =>
          ids
            ? removeIds(transaction, index, ids, at)
            : removeWhere(transaction, index, compileFilters(filters, index.plan), at),
        ids
      )
    }
    return succeeded(name)
  }

  override async clearIndex({ index: name }: { index: string }): Promise<Task> {
    const index = await this.catalogue_.retrieve(name)
    await this.write(index, (transaction) => clear(transaction, index))
    return succeeded(name)
  }

  override async search(input: SearchTypes.ProviderSearchQuery): Promise<SearchTypes.SearchResult> {
    const suggesting = suggestOption(input)
    if (suggesting) {
      return await this.suggest(input, suggesting)
    }
    return await observeSearch(input.index.name, async () => {
      const index = await this.retrieveServing(input.index.physical_name)
      const [{ result, degraded }, without_vector] = await Promise.all([
        this.guarded(index.name, () => this.answer(input, index)),
        this.missing_.of(index),
      ])
      const told = without_vector === undefined ? {} : { without_vector }
      const provider_metadata = { ...result.provider_metadata, ...told }
      return { result: { ...result, provider_metadata }, degraded }
    })
  }

  override async searchMany(
    inputs: SearchTypes.ProviderSearchQuery[]
  ): Promise<SearchTypes.SearchResult[]> {
    const results: SearchTypes.SearchResult[] = []
    for (let start = 0; start < inputs.length; start += PARALLEL_QUERIES) {
      const batch = inputs.slice(start, start + PARALLEL_QUERIES)
      results.push(...(await Promise.all(batch.map((input) => this.search(input)))))
    }
    return results
  }

  /** Waits until the documents of a seed have their vectors, making them here if nobody else does. */
  async waitForTask(task: Task): Promise<Task> {
    const index = await this.catalogue_.retrieve(task.index ?? task.id ?? "")
    const done = await waitForVectors(task, index, {
      database: this.database_,
      catalogue: this.catalogue_,
      worker: this.worker_,
      logger: this.logger_,
    })
    await refreshTermCounts(this.database_, this.catalogue_, index, SEEDING_CHANGED_SHARE)
    return done
  }

  /** An index that an older release has built is built anew in its place, and filled again. */
  private async renewOutdated(
    name: string,
    definition: SearchTypes.ResolvedSearchIndexDefinition
  ): Promise<void> {
    const { plan } = await this.catalogue_.retrieve(name, { outdated: true })
    if (plan.format !== PLAN_FORMAT) {
      await this.upsertIndex({ index: { ...definition, physical_name: name } })
    }
  }

  private async suggest(
    input: SearchTypes.ProviderSearchQuery,
    option: SuggestOption
  ): Promise<SearchTypes.SearchResult> {
    return await observeSuggestions(input.index.name, async () => {
      const index = await this.retrieveServing(input.index.physical_name)
      const [database, extensions] = [this.database_, await this.extensions()]
      return await this.guarded(index.name, () =>
        suggest(input, option, index, { database, extensions })
      )
    })
  }

  private async answer(
    input: SearchTypes.ProviderSearchQuery,
    index: PhysicalIndex
  ): Promise<ObservedSearch> {
    let embedding: QueryEmbedding | undefined
    const result = await runSearch(input, index, {
      database: this.database_,
      extensions: await this.extensions(),
      settings: this.options_,
      model: this.embedder_.id,
      scale: this.embedder_.similarity,
      embedQuery: async (text) => (embedding = await this.queryEmbeddings_.get(text)),
      words: this.words_,
      selectivity: this.selectivity_,
    })
    // What degrades a search, and isn't its query's embedding, is an index of another model.
    const reason = embedding && "reason" in embedding ? embedding.reason : "other_model"
    return { result, degraded: result.provider_metadata?.degraded ? reason : undefined }
  }

  /** The index of a name, unless the process is behind and another version serves by now. */
  private async retrieveServing(name: string): Promise<PhysicalIndex> {
    const index = await this.catalogue_.retrieve(name)
    return (await this.serving_.isReplaced(index)) ? indexReplaced(name) : index
  }

  /**
   * Where a write goes: to the version it names and, if it isn't part of a rebuild itself, to the newer
   * versions of the same index that are just being built. A swap would undo it otherwise.
   */
  private async targets(name: string, { seeding }: { seeding: boolean }): Promise<PhysicalIndex[]> {
    const index = await this.catalogue_.retrieve(name)
    if (seeding) {
      return [index]
    }
    const versions = await this.catalogue_.list(index.root)
    return [index, ...versions.filter(({ version }) => version > index.version)]
  }

  /**
   * Runs a write in a transaction. Nothing in it may ask for a second connection: with all of the
   * pool's connections held by writers that wait for one more, the store would stand still.
   *
   * @param ids the documents that are remembered where it fails; a seed is begun anew by who runs it
   */
  private async write(
    index: PhysicalIndex,
    run: (transaction: Database) => Promise<void>,
    ids: string[] = []
  ): Promise<void> {
    try {
      await this.guarded(index.name, () => this.database_.transaction(run))
    } catch (error) {
      this.unwritten_.add(index.root, ids)
      throw error
    }
    this.phrases_.changed(index.name)
  }

  /** Turns "no such table" into the NOT_FOUND that makes the Search Module look again. */
  private async guarded<T>(name: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      if ((error as { code?: string }).code === UNDEFINED_TABLE) {
        this.catalogue_.forget(name)
        return indexNotFound(name)
      }
      throw error
    }
  }

  private extensions(): Promise<Extensions> {
    this.extensionsPromise_ ??= loadExtensions(this.database_).catch((error: Error) => {
      this.extensionsPromise_ = undefined
      throw error
    })
    return this.extensionsPromise_
  }
}

function succeeded(index: string): Task {
  return { index, status: "succeeded" }
}

/** One statement can't write a row twice: of documents with the same id the last one stays. */
function lastById(rows: DocumentRow[]): DocumentRow[] {
  return [...new Map(rows.map((row) => [row.values.id, row])).values()]
}
