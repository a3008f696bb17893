import type { Embedder } from "../../embedding"
import type { StoreDatabase } from "./database"
import type { EmbeddingWorker } from "./embedding-queue/embedding-worker"
import type { Extensions } from "./storage/extensions"
import type { IndexCatalogue } from "./storage/index-catalogue"
import type { MissedIds } from "./storage/missed-ids"
import type { PhraseKeeper } from "./suggestions/phrase-keeper"

/** What the plugin's module runs and reports on, though the provider owns it. */
export interface PgvectorRuntime {
  database: StoreDatabase
  catalogue: IndexCatalogue
  embedder: Embedder
  worker: EmbeddingWorker
  phrases: PhraseKeeper
  /** Documents of live writes that failed, by what the versions of their index share. */
  unwritten: MissedIds
  extensions: () => Promise<Extensions>
}

let runtime: PgvectorRuntime | undefined

/**
 * Medusa calls no lifecycle hook of a provider, and keeps each module's container apart. The provider
 * therefore leaves its running parts here, and the plugin's `semantic_search` module, which does have
 * hooks, starts and stops them. One provider a process: the Search Module refuses a second one.
 */
export function registerRuntime(registered: PgvectorRuntime): void {
  runtime = registered
}

/** The provider of this process; undefined where the store doesn't use it. */
export function pgvectorRuntime(): PgvectorRuntime | undefined {
  return runtime
}
