import path from "node:path"
import { Worker } from "node:worker_threads"
import type { WorkerMessage, WorkerModel, WorkerRequest } from "./messages"

/** How long a process that exits waits for a run or a load that is under way, in milliseconds. */
const EXIT_LIMIT_MS = 10_000

/**
 * The thread in which the model runs, seen from outside.
 *
 * A thread that is stopped amid onnxruntime's native code takes the whole process along (SIGABRT), and
 * both `terminate()` and the exit of a process stop it anywhere. This one is asked to end instead, and
 * does so when it comes back from there.
 */
export class EmbeddingThread {
  private readonly worker_: Worker
  private readonly exited_: Promise<unknown>

  /**
   * @param onMessage hears what the thread says
   * @param onExit hears why the thread is gone, once
   */
  constructor(
    model: Omit<WorkerModel, "ended">,
    {
      onMessage,
      onExit,
    }: { onMessage: (message: WorkerMessage) => void; onExit: (reason: string) => void }
  ) {
    const ended = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const workerData: WorkerModel = { ...model, ended }
    this.worker_ = new Worker(path.join(__dirname, "worker.js"), { workerData })
    // Nothing can be awaited at the exit of a process; that `medusa exec` exits asks nobody before.
    const endAtExit = () => {
      this.post({ type: "end" })
      Atomics.wait(ended, 0, 0, EXIT_LIMIT_MS)
    }
    process.once("exit", endAtExit)
    let reason = "The embedding thread ended"
    this.worker_.on("error", ({ message }) => (reason = `The embedding thread failed: ${message}`))
    this.exited_ = new Promise((resolve) =>
      this.worker_.once("exit", (code) => {
        process.off("exit", endAtExit)
        onExit(reason)
        resolve(code)
      })
    )
    this.worker_.on("message", (message: WorkerMessage) => {
      // A process that has nothing else to do waits for an answer, and not for an idle model.
      this.worker_.unref()
      onMessage(message)
    })
  }

  /** Asks for the vectors of texts; one answer comes, as a message. */
  embed(texts: string[]): void {
    this.worker_.ref()
    this.post({ type: "embed", texts })
  }

  /** Ends the thread as soon as it comes to an end with what it is at; nothing it says is heard any more. */
  async end(): Promise<void> {
    this.worker_.removeAllListeners("message")
    this.worker_.ref()
    this.post({ type: "end" })
    await this.exited_
  }

  private post(request: WorkerRequest): void {
    this.worker_.postMessage(request)
  }
}
