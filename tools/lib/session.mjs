import { join } from "node:path"
import { Interrupted, printError } from "./errors.mjs"
import { lockFile, takeLock } from "./lock.mjs"
import { Supervisor } from "./process.mjs"

/** What shells report for a program that was ended by Ctrl-C. */
const EXIT_INTERRUPTED = 130
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"]

/**
 * Runs a tool's work so that, however it ends, nothing that it started goes on: by success or
 * failure, by Ctrl-C, `kill`, a closed terminal or a reader of our output that went away.
 *
 * @param {object} options
 * @param {string} options.name What runs, in messages: "A demo".
 * @param {string} options.home The folder of this run's state, one run at a time.
 * @param {(supervisor: Supervisor) => Promise<number>} work Returns the exit code.
 * @returns {Promise<number>} The exit code: `work`'s; 1 after an error, which is printed; 130 when
 *   the user stopped it.
 */
export async function runSession({ name, home }, work) {
  let lock
  const supervisor = new Supervisor({
    logDirectory: join(home, "logs"),
    onChange: (running) => lock?.record(running),
  })
  const stop = () => supervisor.interrupt()
  const stopOnBrokenPipe = (error) => error.code === "EPIPE" && stop()
  for (const signal of STOP_SIGNALS) process.on(signal, stop)
  for (const stream of [process.stdout, process.stderr]) stream.on("error", stopOnBrokenPipe)
  try {
    lock = await takeLock(lockFile(home), { what: name })
    return await work(supervisor)
  } catch (error) {
    if (error instanceof Interrupted || supervisor.signal.aborted) {
      console.log("Stopped.")
      return EXIT_INTERRUPTED
    }
    printError(error)
    return 1
  } finally {
    await supervisor.stopAll()
    lock?.release()
    for (const signal of STOP_SIGNALS) process.off(signal, stop)
  }
}
