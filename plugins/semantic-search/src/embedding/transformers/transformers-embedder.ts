import { existsSync } from "node:fs"
import path from "node:path"
import {
  type EmbedOptions,
  type Embedder,
  type EmbedderHealth,
  EmbedderInputError,
  EmbedderUnavailableError,
} from "../embedder"
import { type EmbeddingModel, embeddingModelId, type ModelDtype, prefixed } from "../models"
import { checkedVectors } from "../vector"
import { EmbeddingThread } from "./embedding-thread"
import type { WorkerMessage } from "./messages"

export interface TransformersEmbedderOptions {
  model: EmbeddingModel
  /**
   * Folder with the weights, laid out as on the model hub:
   * `<models_dir>/Xenova/all-MiniLM-L6-v2/onnx/model_quantized.onnx` and its JSON files.
   * Without it the weights come from the library's cache or the model hub.
   */
  models_dir?: string
  /**
   * Whether missing weights may be fetched from the model hub.
   *
   * @defaultValue true without `models_dir`, false with it
   */
  allow_download?: boolean
}

/**
 * Texts a run of the model. Larger runs are no faster on a CPU, and a shopper's query waits for the
 * run that is under way: 8 texts of 80 words take about 0.15 s.
 */
const RUN_SIZE = 8

/** Texts a call: four runs, so that the thread has its next run while the caller stores the last ones. */
const BATCH_SIZE = 4 * RUN_SIZE

/** One thread computes; a second call keeps it supplied. */
const CONCURRENCY = 2

/** The names under which the model hub has weights of each precision. */
const WEIGHT_FILES: Record<ModelDtype, string> = {
  fp32: "model.onnx",
  fp16: "model_fp16.onnx",
  q8: "model_quantized.onnx",
  int8: "model_int8.onnx",
  uint8: "model_uint8.onnx",
  q4: "model_q4.onnx",
}

/** After a failed load, how long the reason is answered before the next try, in milliseconds. */
const RETRY_LOAD_AFTER_MS = 2_000

interface Run {
  texts: string[]
  resolve: (vectors: number[][]) => void
  reject: (error: Error) => void
}

/**
 * Embeds in the process, on a thread of its own (transformers.js on onnxruntime). The thread starts
 * with the first text. Missing weights are no end: each later call looks again, so that vectors catch
 * up as soon as the weights are there.
 */
export class TransformersEmbedder implements Embedder {
  readonly id: string
  readonly dimensions: number
  readonly similarity: EmbeddingModel["similarity"]
  readonly batch_size = BATCH_SIZE
  readonly concurrency = CONCURRENCY

  private thread_: EmbeddingThread | undefined
  private loaded_: Promise<EmbeddingThread> | undefined
  private unavailable_: { reason: string; at: number } | undefined
  private running_: Run | undefined
  private readonly queries_: Run[] = []
  private readonly documents_: Run[] = []

  constructor(private readonly options_: TransformersEmbedderOptions) {
    this.id = embeddingModelId(options_.model)
    this.dimensions = options_.model.dimensions
    this.similarity = options_.model.similarity
  }

  async embed(texts: string[], { purpose = "document" }: EmbedOptions = {}): Promise<number[][]> {
    if (!texts.length) {
      return []
    }
    this.assertWeights()
    const { model } = this.options_
    const inputs = texts.map((text) => prefixed(text, purpose, model))
    const queue = purpose === "query" ? this.queries_ : this.documents_
    const runs: Promise<number[][]>[] = []
    for (let start = 0; start < inputs.length; start += RUN_SIZE) {
      runs.push(
        new Promise((resolve, reject) => {
          queue.push({ texts: inputs.slice(start, start + RUN_SIZE), resolve, reject })
        })
      )
    }
    this.next()
    // Settled, not raced: no run may be left without somebody who hears of its failure.
    const results = await Promise.allSettled(runs)
    const vectors = results.flatMap((result) => {
      if (result.status === "rejected") {
        throw result.reason
      }
      return result.value
    })
    const { name: whose, dimensions } = model
    return checkedVectors(vectors, { count: texts.length, dimensions, whose })
  }

  async health(): Promise<EmbedderHealth> {
    try {
      this.assertWeights()
      await this.start()
      return { ok: true }
    } catch (error) {
      return { ok: false, reason: (error as Error).message }
    }
  }

  async close(): Promise<void> {
    const thread = this.thread_
    this.thread_ = undefined
    this.loaded_ = undefined
    this.abandonRuns()
    await thread?.end()
  }

  /** Nobody will answer what was under way or waiting: whoever asked must hear of it. */
  private abandonRuns(): void {
    const runs = [this.running_, ...this.queries_.splice(0), ...this.documents_.splice(0)]
    this.running_ = undefined
    runs.forEach((run) => run?.reject(new EmbedderUnavailableError("The embedder was closed")))
  }

  /**
   * A model that is loaded would go on without its files; the files of a local folder are looked at
   * all the same, so that what the doctor says of the folder is what the store does.
   */
  private assertWeights(): void {
    const { model, models_dir: modelsDir } = this.options_
    if (!modelsDir) {
      return
    }
    const weights = path.join(modelsDir, model.name, "onnx", WEIGHT_FILES[model.dtype])
    if (!existsSync(weights)) {
      throw new EmbedderUnavailableError(
        `The weights of ${model.name} are missing: put them at ${weights}`
      )
    }
  }

  /** Gives the thread its next run; queries first. */
  private next(): void {
    if (this.running_) {
      return
    }
    const run = this.queries_.shift() ?? this.documents_.shift()
    if (!run) {
      return
    }
    this.running_ = run
    this.start().then(
      (thread) => thread.embed(run.texts),
      (error: Error) => this.settle(run, () => run.reject(error))
    )
  }

  /** Ends a run once; a late answer to a run that was ended already changes nothing. */
  private settle(run: Run | undefined, finish: (run: Run) => void): void {
    if (!run || this.running_ !== run) {
      return
    }
    this.running_ = undefined
    finish(run)
    this.next()
  }

  private start(): Promise<EmbeddingThread> {
    if (this.unavailable_ && Date.now() - this.unavailable_.at < RETRY_LOAD_AFTER_MS) {
      return Promise.reject(new EmbedderUnavailableError(this.unavailable_.reason))
    }
    this.loaded_ ??= this.spawn()
    return this.loaded_
  }

  private spawn(): Promise<EmbeddingThread> {
    const { model, models_dir, allow_download = !models_dir } = this.options_
    const { name, dtype, pooling, max_tokens } = model
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        const error = new EmbedderUnavailableError(reason)
        reject(error)
        if (this.thread_ !== thread) {
          // It was closed.
          return
        }
        this.thread_ = undefined
        this.loaded_ = undefined
        this.unavailable_ = { reason, at: Date.now() }
        void thread.end()
        this.settle(this.running_, (run) => run.reject(error))
      }
      const onMessage = (message: WorkerMessage) => {
        switch (message.type) {
          case "ready":
            this.unavailable_ = undefined
            return resolve(thread)
          case "unavailable":
            return fail(`${model.name} can't be loaded: ${message.reason}`)
          case "embedded":
            return this.settle(this.running_, (run) => run.resolve(message.vectors))
          case "failed":
            return this.settle(this.running_, (run) =>
              run.reject(new EmbedderInputError(message.reason))
            )
        }
      }
      const thread = new EmbeddingThread(
        { name, dtype, pooling, max_tokens, models_dir, allow_download },
        { onMessage, onExit: fail }
      )
      this.thread_ = thread
    })
  }
}
