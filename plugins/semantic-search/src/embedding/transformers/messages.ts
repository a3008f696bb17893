import type { EmbeddingModel } from "../models"

/**
 * What the main thread asks of the embedding thread; the next request is sent once the one before is
 * answered, so that a query never waits behind more than one run.
 */
export interface EmbedRequest {
  texts: string[]
}

/** What the embedding thread answers: once `ready` or `unavailable`, then one answer a request. */
export type WorkerMessage =
  | { type: "ready" }
  | { type: "unavailable"; reason: string }
  | { type: "embedded"; vectors: number[][] }
  | { type: "failed"; reason: string }

/** How the embedding thread loads its model. */
export interface WorkerModel extends Pick<
  EmbeddingModel,
  "name" | "dtype" | "pooling" | "max_tokens"
> {
  /** Folder that holds `<name>/config.json` …; undefined: the library's own cache. */
  models_dir?: string
  allow_download: boolean
}
