import { parentPort, workerData } from "node:worker_threads"
import type { FeatureExtractionPipeline } from "@huggingface/transformers" with {
  "resolution-mode": "import",
}
import type { WorkerMessage, WorkerModel, WorkerRequest } from "./messages"

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

/** Ends the thread. Whoever hears a message isn't amid native code. */
function end({ ended }: WorkerModel): void {
  Atomics.store(ended, 0, 1)
  Atomics.notify(ended, 0)
  process.exit()
}

async function main(model: WorkerModel): Promise<void> {
  const loading = loadPipeline(model)
  const embed = async (texts: string[]) => {
    try {
      const extract = await loading
      const output = await extract(texts, { pooling: model.pooling, normalize: true })
      post({ type: "embedded", vectors: output.tolist() as number[][] })
    } catch (error) {
      post({ type: "failed", reason: reasonOf(error) })
    }
  }
  // From the start: a load, which may be a download, is ended between its steps as well.
  parentPort?.on("message", (request: WorkerRequest) =>
    request.type === "end" ? end(model) : void embed(request.texts)
  )
  try {
    await loading
    post({ type: "ready" })
  } catch (error) {
    post({ type: "unavailable", reason: reasonOf(error) })
  }
}

void main(workerData as WorkerModel)
