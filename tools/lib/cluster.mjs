import { join } from "node:path"
import { startBalancer } from "./balancer.mjs"
import { medusa } from "./medusa.mjs"
import { findFreePort, waitForUrl } from "./network.mjs"
import { BACKEND } from "./paths.mjs"

/** How many processes of each mode there are. */
const COPIES = 2

const START_LIMIT_MS = 5 * 60_000

/** A process that has to be started again more often than that within a minute has a fault. */
const MOST_RESTARTS = 3
const RESTARTS_WITHIN_MS = 60_000

/**
 * Several processes of one backend behind one address: servers, which answer, and workers, which do what
 * events and the queue ask for. They share the database and a Redis.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env A backend's environment, with `REDIS_URL`.
 * @param {number} options.port That of the one address.
 * @param {{ detail(text: string): void }} options.report
 * @returns {Promise<{ processes: ClusterProcess[], failed: Promise<Error>, stop(): Promise<void> }>}
 */
export async function startCluster(supervisor, { env, port, report }) {
  const processes = []
  for (const mode of ["server", "worker"]) {
    for (let copy = 1; copy <= COPIES; copy++) {
      processes.push(
        new ClusterProcess(supervisor, { mode, copy, env, port: await findFreePort() })
      )
    }
  }
  report.detail("starting two servers and two workers")
  for (const each of processes) each.start()
  for (const each of processes) {
    report.detail(`waiting for ${each.name}`)
    await each.isUp()
  }
  const targets = processes.filter(({ mode }) => mode === "server").map(({ url }) => url)
  const balancer = await startBalancer({ port, targets })
  return {
    processes,
    failed: Promise.race(processes.map(({ failed }) => failed)),
    async stop() {
      await balancer.close()
      for (const each of processes) await each.stop()
    },
  }
}

/** One process of the backend. One that is gone is started again, as an orchestrator would. */
class ClusterProcess {
  #supervisor
  #env
  #running
  #starts = []
  #isStopping = false
  #giveUp
  /** Resolves, with an error that shows its log's end, when it ends over and over. */
  failed = new Promise((resolve) => (this.#giveUp = resolve))

  constructor(supervisor, { mode, copy, env, port }) {
    this.#supervisor = supervisor
    this.mode = mode
    this.name = `backend-${mode}-${copy}`
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.#env = { ...env, PORT: String(port), MEDUSA_WORKER_MODE: mode }
  }

  get pid() {
    return this.#running.pid
  }

  start() {
    this.#starts.push(Date.now())
    const running = this.#supervisor.start(
      this.name,
      ...medusa("start", "--port", String(this.port)),
      { cwd: join(BACKEND, ".medusa", "server"), env: this.#env }
    )
    this.#running = running
    void running.exited.then((error) => {
      if (this.#isStopping || this.#supervisor.signal.aborted) return
      const recent = this.#starts.filter((time) => time > Date.now() - RESTARTS_WITHIN_MS)
      if (recent.length > MOST_RESTARTS) this.#giveUp(error)
      else this.start()
    })
  }

  /** Waits until it answers. */
  async isUp() {
    await waitForUrl(`${this.url}/health`, {
      ...{ what: this.name, limitMs: START_LIMIT_MS },
      ...{ signal: this.#supervisor.signal, failed: this.failed },
    })
  }

  async stop() {
    this.#isStopping = true
    await this.#running.stop()
  }
}
