import type { EmbeddingModel } from "../models"

/**
 * What the main thread asks of the embedding thread. The next texts are sent once those before are
 * answered, so that a query never waits behind more than one run; `end` is heard between two runs.
 */
export type WorkerRequest = { type: "embed"; texts: string[] } | { type: "end" }

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
  /** 0 as long as the thread may be computing, 1 once it ends; a process that exits waits for it. */
  ended: Int32Array<SharedArrayBuffer>
  /** Folder that holds `<name>/config.json` …; undefined: the library's own cache. */
  models_dir?: string
  allow_download: boolean
}
