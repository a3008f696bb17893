import { spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream, mkdirSync, openSync, closeSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { createInterface } from "node:readline"
import { finished } from "node:stream/promises"
import { Interrupted, ToolError } from "./errors.mjs"
import { readLogLine } from "./log-line.mjs"
import { ROOT } from "./paths.mjs"
import { processStart, stopGroup } from "./process-table.mjs"

/** Lines of a failed command that are shown; the whole text stays in its log. */
const TAIL_LINES = 25
/** Commands have little to put in order when they are stopped, and some ignore that they are asked. */
const COMMAND_GRACE_MS = 2_000
// eslint-disable-next-line no-control-regex -- colour codes begin with the control character ESC
const COLOUR_CODES = /\x1b\[[0-9;]*[A-Za-z]/g

const describe = (code) => (typeof code === "number" ? `exit code ${code}` : code)
const lastLines = (lines) => lines.filter((line) => line.trim()).slice(-TAIL_LINES)
const clean = (line) => line.replace(COLOUR_CODES, "").trimEnd()

/**
 * Starts commands and services, and stops them all: each runs in a process group of its own, so that
 * a Ctrl-C in the terminal reaches only us and things end in order, the database last.
 */
export class Supervisor {
  #logDirectory
  #onChange
  /** @type {Map<number, { name: string, pid: number, start: string, signal: NodeJS.Signals, stop(): Promise<void> }>} */
  #running = new Map()
  #abort = new AbortController()

  /**
   * @param {object} options
   * @param {string} options.logDirectory Where `NAME.log` of each command and service is written.
   * @param {(running: { name: string, pid: number, start: string, signal: NodeJS.Signals }[]) => void} [options.onChange]
   *   Told after each start and end what runs now.
   */
  constructor({ logDirectory, onChange = () => {} }) {
    this.#logDirectory = logDirectory
    this.#onChange = onChange
    mkdirSync(logDirectory, { recursive: true })
  }

  /** Aborts when the user asks to stop; for work that isn't a process, such as a download. */
  get signal() {
    return this.#abort.signal
  }

  /** Makes the step that runs now fail with {@link Interrupted}, and forbids new ones. */
  interrupt() {
    this.#abort.abort(new Interrupted())
  }

  /** Where the output of that command or service is written. */
  logFile(name) {
    return join(this.#logDirectory, `${name}.log`)
  }

  /**
   * Runs a command to its end.
   *
   * @param {string} name What it is called in messages, and its log file.
   * @param {string} command
   * @param {string[]} args
   * @param {object} [options]
   * @param {string} [options.cwd] Default: the checkout's root.
   * @param {NodeJS.ProcessEnv} [options.env] Added to this process's environment.
   * @param {number} [options.uid] User to run as; only root may ask.
   * @param {number} [options.gid]
   * @param {(line: string) => void} [options.onLine] Gets each line of output as it comes.
   * @param {boolean} [options.allowFailure] Return the code instead of throwing.
   * @returns {Promise<{ code: number | string, output: string[] }>} `code`: the exit code, or the
   *   signal that ended it; `output`: all lines of both streams.
   * @throws {ToolError} It couldn't be started, or ended with a code other than 0.
   * @throws {Interrupted}
   */
  async run(name, command, args, options = {}) {
    const { onLine = () => {}, allowFailure = false } = options
    const log = createWriteStream(this.logFile(name))
    const output = []
    const child = this.#spawn(name, command, args, {
      graceMs: COMMAND_GRACE_MS,
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    })
    const read = (stream) => {
      const lines = createInterface({ input: stream })
      lines.on("line", (raw) => {
        const line = clean(raw)
        log.write(`${new Date().toISOString()} ${line}\n`)
        output.push(line)
        if (line) onLine(line)
      })
      return once(lines, "close")
    }
    const allRead = Promise.all([read(child.process.stdout), read(child.process.stderr)])
    const stop = () => void child.stop()
    this.signal.addEventListener("abort", stop, { once: true })
    try {
      const code = await child.ended
      // What it left behind belongs to it, and would hold its output open.
      await child.stop()
      await allRead
      this.signal.throwIfAborted()
      if (code !== 0 && !allowFailure)
        throw this.#failure(name, `ended with ${describe(code)}`, output)
      return { code, output }
    } finally {
      this.signal.removeEventListener("abort", stop)
      // Whoever hears of the end may read the log at once.
      log.end()
      await finished(log)
    }
  }

  /**
   * Starts a service, whose output goes straight to its log file.
   *
   * @param {string} name
   * @param {string} command
   * @param {string[]} args
   * @param {object} [options] `cwd`, `env`, `uid`, `gid` as in `run`.
   * @param {NodeJS.Signals} [options.stopSignal] What ends it in good order. Default SIGTERM.
   * @param {number} [options.graceMs] How long that may take before it is killed.
   * @returns {{ name: string, pid: number, exited: Promise<ToolError>, stop(): Promise<void> }}
   *   `exited` resolves, with an error that shows the log's end, once the service is gone.
   */
  start(name, command, args, options = {}) {
    const file = this.logFile(name)
    const log = openSync(file, "w")
    const child = this.#spawn(name, command, args, { ...options, stdio: ["ignore", log, log] })
    closeSync(log)
    const exited = child.ended.then(
      (code) => {
        const lines = readFileSync(file, "utf8").split("\n").map(clean)
        return this.#failure(name, `stopped by itself with ${describe(code)}`, lines)
      },
      (error) => error
    )
    return { name, pid: child.process.pid, exited, stop: child.stop }
  }

  /** Stops everything that still runs, the last started first. */
  async stopAll() {
    for (const child of [...this.#running.values()].reverse()) await child.stop()
  }

  #failure(name, what, lines) {
    const log = relative(ROOT, this.logFile(name))
    return new ToolError(`${name} ${what}. The whole log: ${log}`, {
      output: lastLines(lines.map((line) => readLogLine(line).message)),
    })
  }

  #spawn(
    name,
    command,
    args,
    { cwd = ROOT, env, uid, gid, stdio, stopSignal = "SIGTERM", graceMs }
  ) {
    this.signal.throwIfAborted()
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      uid,
      gid,
      stdio,
      detached: true,
    })
    const { pid } = child
    let stopping
    const stop = () =>
      (stopping ??= pid ? stopGroup(pid, { signal: stopSignal, graceMs }) : Promise.resolve())
    const ended = new Promise((resolve, reject) => {
      child.on("error", (error) =>
        reject(
          error.code === "ENOENT"
            ? new ToolError(`\`${command}\` was not found on this machine, and ${name} needs it.`)
            : new ToolError(`${name} could not be started: ${error.message}.`)
        )
      )
      child.on("exit", (code, signal) => {
        // Until the rest of its group is gone it still runs, and stopAll must know it.
        void stop().then(() => this.#forget(pid))
        resolve(code ?? signal)
      })
    })
    // Awaited by those who care; a service's failure to start may be noticed later.
    ended.catch(() => {})
    if (pid) {
      this.#running.set(pid, { name, pid, start: processStart(pid), signal: stopSignal, stop })
      this.#onChange(this.#list())
    }
    return { process: child, ended, stop }
  }

  #forget(pid) {
    this.#running.delete(pid)
    this.#onChange(this.#list())
  }

  #list() {
    return [...this.#running.values()].map(({ name, pid, start, signal }) => ({
      name,
      pid,
      start,
      signal,
    }))
  }
}
