import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { startCluster } from "../../tools/lib/cluster.mjs"
import { prepareDatabase, withDatabase } from "../../tools/lib/database.mjs"
import { startPostgres } from "../../tools/lib/embedded-postgres.mjs"
import { medusa } from "../../tools/lib/medusa.mjs"
import { ensureModel, MODEL_NAME } from "../../tools/lib/models.mjs"
import { findFreePort, waitForUrl } from "../../tools/lib/network.mjs"
import { findLanguageModel } from "../../tools/lib/ollama.mjs"
import { BACKEND, STATE } from "../../tools/lib/paths.mjs"
import { openSecrets } from "../../tools/lib/secrets.mjs"
import { backendEnvironment } from "../../tools/lib/shop.mjs"
import { openStore } from "../../tools/lib/store.mjs"

const DATABASE_NAME = "libro_mind"
const IMPORT = ["exec", "./src/scripts/import-books.ts"]
const BACKEND_LIMIT_MS = 120_000
/** Nobody watches the steps; each one's output is in its log. */
const quiet = { detail() {}, count() {} }

/**
 * Ends a service as a power cut would, and waits until it is gone.
 *
 * @param {{ pid: number, exited: Promise<Error> }} service What the supervisor's `start` gave.
 */
export async function killOutright({ pid, exited }) {
  // The whole group, as each service leads one of its own.
  process.kill(-pid, "SIGKILL")
  await exited
}

/** Has PostgreSQL end at once, without a word to its clients and without writing anything down. */
const IMMEDIATE_SHUTDOWN = "SIGQUIT"

/**
 * A shop to be broken: set up, but without a book, a storefront or a running backend. It shares
 * nothing with others: its database, its port and its copy of the model's weights are its own.
 *
 * @param {import("../../tools/lib/process.mjs").Supervisor} supervisor Stops what still runs at the end.
 * @param {string} home The folder of its state, which is emptied.
 * @param {string} [name] The name of its database's data: shops of different names share nothing.
 * @param {{ url: string, wanted: string }} [languageModel] What writes the assistant's answers. Default: an
 *   Ollama, where one runs.
 */
export async function openFaultShop(supervisor, home, name = "faults", languageModel) {
  const models = join(home, "models")
  rmSync(models, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const original = await ensureModel({
    directory: join(STATE, "models"),
    configured: process.env.LIBRO_MODELS_DIR,
    hub: process.env.HF_ENDPOINT,
    ...{ supervisor, report: quiet },
  })
  cpSync(join(original.directory, MODEL_NAME), join(models, MODEL_NAME), { recursive: true })

  const startDatabase = (options) =>
    startPostgres({
      ...{ home: join(STATE, "postgres"), name, durable: false },
      ...{ supervisor, report: quiet },
      ...options,
    })
  let postgres = await startDatabase({ fresh: true })
  const databaseUrl = postgres.url(DATABASE_NAME)
  await prepareDatabase(databaseUrl)

  const port = await findFreePort()
  const backendUrl = `http://localhost:${port}`
  const secrets = openSecrets(home)
  const env = backendEnvironment({
    ...{ databaseUrl, backendUrl, storefrontUrl: backendUrl, models, secrets },
    languageModel: languageModel ?? (await findLanguageModel()),
  })
  env.METRICS_PORT = String(await findFreePort())
  const store = openStore({ databaseUrl, env, supervisor })
  await store.migrate(quiet)
  const { publishableKey } = await store.setUp(quiet)
  secrets.forget(DATABASE_NAME)
  const admin = await secrets.adminOf(DATABASE_NAME, async () => false)
  await store.createAdmin(admin, quiet)

  let backend
  return {
    ...{ backendUrl, publishableKey, admin },
    weights: join(models, MODEL_NAME, "onnx", "model_quantized.onnx"),

    /** @returns {Promise<Record<string, any>[]>} The rows. */
    query: (sql, values) => withDatabase(databaseUrl, (query) => query(sql, values)),

    /** Starts the backend, unless it runs, and waits until it answers. */
    async startBackend() {
      backend ??= supervisor.start("backend", ...medusa("start", "--port", String(port)), {
        cwd: join(BACKEND, ".medusa", "server"),
        env,
      })
      await waitForUrl(`${backendUrl}/health`, {
        ...{ what: "The backend", limitMs: BACKEND_LIMIT_MS, failed: backend.exited },
      })
    },

    /**
     * Starts two servers and two workers behind the shop's address, instead of one backend.
     *
     * @param {string} redisUrl
     * @param {NodeJS.ProcessEnv} [more] What else the processes are told.
     * @returns {ReturnType<typeof startCluster>}
     */
    startCluster: (redisUrl, more) =>
      startCluster(supervisor, {
        // One port for metrics would be fought over.
        env: { ...env, ...more, REDIS_URL: redisUrl, METRICS_PORT: "" },
        ...{ port, report: quiet },
      }),

    /** What Prometheus would read. */
    async metrics() {
      const response = await fetch(`http://127.0.0.1:${env.METRICS_PORT}/metrics`)
      return response.text()
    },

    async killBackend() {
      await killOutright(backend)
      backend = undefined
    },

    /** Ends the backend in good order. */
    async stopBackend() {
      await backend.stop()
      backend = undefined
    },

    /** Ends PostgreSQL as `pg_ctl stop -m immediate` does. */
    async crashPostgres() {
      process.kill(postgres.pid, IMMEDIATE_SHUTDOWN)
      await postgres.exited
    },

    /**
     * Starts PostgreSQL again where it was; it recovers from its log first.
     *
     * @param {{ maxFileBytes?: number }} [options] See `startPostgres`.
     */
    async restartPostgres(options) {
      postgres = await startDatabase({ preferredPort: postgres.port, ...options })
    },

    /** The folder of PostgreSQL's data. */
    postgresData: () => postgres.data,

    /** What PostgreSQL has logged since it was started. */
    postgresLog: () => readFileSync(supervisor.logFile(`postgres-${name}`), "utf8"),

    /** Starts an import of the whole catalogue; answers at once. */
    startImport: () =>
      supervisor.start("import-killed", ...medusa(...IMPORT), { cwd: BACKEND, env }),

    /** Imports the whole catalogue, to the end. */
    runImport: () => supervisor.run("import-whole", ...medusa(...IMPORT), { cwd: BACKEND, env }),

    /** Stops everything and deletes the shop's data. */
    async close() {
      await supervisor.stopAll()
      await postgres.destroy()
      rmSync(models, { recursive: true, force: true })
    },
  }
}
