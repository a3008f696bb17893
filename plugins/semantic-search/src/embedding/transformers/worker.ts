import { parentPort, workerData } from "node:worker_threads"
import type { FeatureExtractionPipeline } from "@huggingface/transformers" with {
  "resolution-mode": "import",
}
import type { EmbedRequest, WorkerMessage, WorkerModel } from "./messages"

/**
 * The thread in which the model runs: inference takes tens of milliseconds of pure computing, which
 * would stop every request of the store if it ran on the event loop.
 */

/** More than one thread is slower for a model this small: the threads mostly wait for each other. */
const INFERENCE_THREADS = 1

async function loadPipeline(model: WorkerModel): Promise<FeatureExtractionPipeline> {
  const { env, pipeline } = await import("@huggingface/transformers")
  if (model.models_dir) {
    env.localModelPath = model.models_dir
  }
  env.allowRemoteModels = model.allow_download
  const extract = await pipeline("feature-extraction", model.name, {
    dtype: model.dtype,
    session_options: { intraOpNumThreads: INFERENCE_THREADS, interOpNumThreads: 1 },
  })
  const { max_tokens } = model
  if (max_tokens) {
    // The pipeline cuts where the tokenizer's file says, which differs from copy to copy of a model.
    const { tokenizer } = extract
    extract.tokenizer = ((texts: string[], options: object) =>
      tokenizer(texts, { ...options, max_length: max_tokens })) as unknown as typeof tokenizer
  }
  return extract
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function main(model: WorkerModel): Promise<void> {
  let extract: FeatureExtractionPipeline
  try {
    extract = await loadPipeline(model)
  } catch (error) {
    post({ type: "unavailable", reason: reasonOf(error) })
    return
  }
  parentPort?.on("message", async ({ texts }: EmbedRequest) => {
    try {
      const output = await extract(texts, { pooling: model.pooling, normalize: true })
      post({ type: "embedded", vectors: output.tolist() as number[][] })
    } catch (error) {
      post({ type: "failed", reason: reasonOf(error) })
    }
  })
  post({ type: "ready" })
}

void main(workerData as WorkerModel)
