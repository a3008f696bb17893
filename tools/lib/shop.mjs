import { rmSync } from "node:fs"
import { join } from "node:path"
import { build } from "./build.mjs"
import { countPublishedProducts, hasLogin, prepareDatabase } from "./database.mjs"
import { startCluster } from "./cluster.mjs"
import { startPostgres } from "./embedded-postgres.mjs"
import { installDependencies } from "./install.mjs"
import { writeJson } from "./json-file.mjs"
import { ensureModel } from "./models.mjs"
import { medusa, medusaEnvironment } from "./medusa.mjs"
import { assertPortFree, waitForUrl } from "./network.mjs"
import { findLanguageModel } from "./ollama.mjs"
import { BACKEND, ROOT, STATE, STOREFRONT } from "./paths.mjs"
import { createProgress } from "./progress.mjs"
import { findRedis, startRedis } from "./redis.mjs"
import { checkNode } from "./requirements.mjs"
import { waitForIndex } from "./search-index.mjs"
import { openSecrets } from "./secrets.mjs"
import { openStore } from "./store.mjs"

const DATABASE_NAME = "libro_mind"
const EMBEDDED_PORT = 5433
/** The backend loads every module, and builds a search index where there is none. */
const BACKEND_LIMIT_MS = 5 * 60_000
const STOREFRONT_LIMIT_MS = 60_000
const STEPS = 14

/** How a store is named among the secrets: by its database, and never with its password. */
function storeName(databaseUrl) {
  if (!databaseUrl) return "embedded"
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}

/** What the backend of a shop reads from its environment. */
export function backendEnvironment({
  databaseUrl,
  backendUrl,
  storefrontUrl,
  models,
  languageModel,
  secrets,
}) {
  return {
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    PORT: new URL(backendUrl).port,
    LIBRO_MODELS_DIR: models,
    OLLAMA_BASE_URL: languageModel.url,
    OLLAMA_MODEL: languageModel.wanted,
    JWT_SECRET: secrets.jwt,
    COOKIE_SECRET: secrets.cookie,
    STORE_CORS: storefrontUrl,
    ADMIN_CORS: backendUrl,
    AUTH_CORS: `${backendUrl},${storefrontUrl}`,
    // The demo is plain http on this machine.
    COOKIE_SECURE: "false",
    MEDUSA_WORKER_MODE: "shared",
    ...medusaEnvironment(),
  }
}

/** Two processes can't share a port for metrics. */
function defaultTelemetry({ METRICS_PORT }) {
  const next = METRICS_PORT ? String(Number(METRICS_PORT) + 1) : ""
  return { backend: {}, storefront: { METRICS_PORT: next } }
}

/** The backend as one process, which serves and works. */
function startBackend(supervisor, { env, port, report }) {
  report.detail("starting the backend")
  const { exited, stop } = supervisor.start("backend", ...medusa("start", "--port", String(port)), {
    cwd: join(BACKEND, ".medusa", "server"),
    env,
  })
  return { failed: exited, stop }
}

/**
 * Brings the whole shop up: installs, fetches and builds what isn't current, prepares the database,
 * starts the servers and waits until the search knows every book.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @param {object} options
 * @param {string} options.home The folder of this shop's state; `demo.json` with the facts is written there.
 * @param {string} options.name The name of its embedded database: shops of different names share nothing.
 * @param {number} options.backendPort
 * @param {number} options.storefrontPort
 * @param {string} [options.databaseUrl] A PostgreSQL of the user's own, instead of the embedded one.
 * @param {boolean} [options.fresh] Begin with an empty database (the embedded one only).
 * @param {boolean} [options.durable] See `startPostgres`.
 * @param {Record<"backend" | "storefront", NodeJS.ProcessEnv>} [options.telemetry] What each of the two
 *   is told of metrics and traces (docs/operations.md), which can't be the same for both. Default: METRICS_PORT
 *   is the backend's, and the next port the storefront's.
 * @param {boolean} [options.cluster] Two servers and two workers with a Redis, instead of one process.
 * @param {NodeJS.WritableStream} [options.stream] Where progress is shown. Default: standard output.
 * @returns {Promise<{ facts: Record<string, string | null>, failed: Promise<Error>, close(how: { keepData: boolean }): Promise<void> }>}
 *   `facts`: what demo.json holds; `failed` resolves when one of the servers is gone; `close` stops
 *   them, and deletes an embedded database unless its data is to be kept.
 */
export async function openShop(supervisor, options) {
  const { home, name, backendPort, storefrontPort, fresh = false, durable = true, stream } = options
  const { step } = createProgress({ total: STEPS + (options.cluster ? 1 : 0), stream })
  const { signal } = supervisor
  const telemetry = options.telemetry ?? defaultTelemetry(process.env)
  const backendUrl = `http://localhost:${backendPort}`
  const storefrontUrl = `http://localhost:${storefrontPort}`
  const secrets = openSecrets(home)
  const store = storeName(options.databaseUrl)
  if (fresh) secrets.forget(store)

  await step("Machine", async () => {
    checkNode()
    await assertPortFree(backendPort, { what: "the backend", flag: "--backend-port" })
    await assertPortFree(storefrontPort, { what: "the storefront", flag: "--storefront-port" })
    return `Node ${process.versions.node}, ports ${backendPort} and ${storefrontPort} are free`
  })
  await step("Dependencies", (report) => installDependencies(ROOT, { supervisor, report }))
  await step("Storefront's dependencies", (report) =>
    installDependencies(STOREFRONT, { supervisor, report })
  )
  const database = await step("PostgreSQL", async (report) => {
    if (options.databaseUrl) {
      await prepareDatabase(options.databaseUrl)
      return { url: options.databaseUrl, summary: `${store}, from DATABASE_URL` }
    }
    const server = await startPostgres({
      ...{ home: join(STATE, "postgres"), name, fresh, durable, preferredPort: EMBEDDED_PORT },
      ...{ supervisor, report },
    })
    const url = server.url(DATABASE_NAME)
    await prepareDatabase(url)
    const state = server.created ? "new" : "with the data of last time"
    const where = server.note ? `; ${server.note}` : ""
    return { url, server, summary: `port ${server.port}, ${state}${where}` }
  })
  const { directory: models } = await step("Embedding model", (report) =>
    ensureModel({
      directory: join(STATE, "models"),
      configured: process.env.LIBRO_MODELS_DIR,
      hub: process.env.HF_ENDPOINT,
      ...{ supervisor, report },
    })
  )
  const languageModel = await step("Language model", () => findLanguageModel())
  const redis = options.cluster
    ? await step("Redis", async () => {
        const program = await findRedis(supervisor)
        const directory = join(home, "redis")
        if (fresh) rmSync(directory, { recursive: true, force: true })
        const server = await startRedis({ program, directory, supervisor })
        return { ...server, summary: `port ${server.port}` }
      })
    : undefined
  await step("Build of the plugin", (report) => build("plugin", { supervisor, report }))
  await step("Build of the backend", (report) => build("backend", { supervisor, report }))
  await step("Build of the storefront", (report) => build("storefront", { supervisor, report }))

  const env = backendEnvironment({
    ...{ databaseUrl: database.url, backendUrl, storefrontUrl, models, languageModel, secrets },
  })
  const openedStore = openStore({ databaseUrl: database.url, env, supervisor })
  await step("Database schema", (report) => openedStore.migrate(report))
  const { publishableKey } = await step("Store", (report) => openedStore.setUp(report))
  const admin = await secrets.adminOf(store, (email) => hasLogin(database.url, email))
  await step("Admin's account", (report) => openedStore.createAdmin(admin, report))
  await step("Books", (report) => openedStore.importBooks(report))

  const servers = await step("Servers and search index", async (report) => {
    // What runs before it has no storefront to tell of changes.
    const served = {
      ...{ ...env, ...telemetry.backend },
      ...{ STOREFRONT_URL: storefrontUrl, REVALIDATE_SECRET: secrets.revalidate },
    }
    const backend = redis
      ? await startCluster(supervisor, {
          // Four processes on one port for metrics would fight over it.
          env: { ...served, REDIS_URL: redis.url, METRICS_PORT: "" },
          ...{ port: backendPort, report },
        })
      : startBackend(supervisor, {
          ...{ env: served, port: backendPort, report },
        })
    const storefront = supervisor.start("storefront", "npm", ["run", "start"], {
      cwd: STOREFRONT,
      env: {
        NODE_ENV: "production",
        PORT: String(storefrontPort),
        MEDUSA_BACKEND_URL: backendUrl,
        MEDUSA_PUBLISHABLE_KEY: publishableKey,
        REVALIDATE_SECRET: secrets.revalidate,
        // Database 1, apart from Medusa's.
        REDIS_URL: redis ? `${redis.url}/1` : "",
        NEXT_TELEMETRY_DISABLED: "1",
        ...telemetry.storefront,
      },
    })
    const failed = Promise.race([backend.failed, storefront.exited])
    await waitForUrl(`${backendUrl}/health`, {
      ...{ what: "The backend", limitMs: BACKEND_LIMIT_MS, signal, failed },
    })
    const expected = await countPublishedProducts(database.url)
    const summary = await waitForIndex({ backendUrl, admin, expected, failed, signal, report })
    await waitForUrl(storefrontUrl, {
      ...{ what: "The storefront", limitMs: STOREFRONT_LIMIT_MS, signal, failed },
    })
    const all = [storefront, backend, redis, database.server].filter(Boolean)
    const ends = [storefront.exited, backend.failed, redis?.exited, database.server?.exited]
    return { all, failed: Promise.race(ends.filter(Boolean)), summary }
  })

  const facts = {
    backend_url: backendUrl,
    storefront_url: storefrontUrl,
    admin_url: `${backendUrl}/app`,
    admin_email: admin.email,
    admin_password: admin.password,
    publishable_key: publishableKey,
    database_url: database.url,
    ollama_model: languageModel.model,
  }
  writeJson(join(home, "demo.json"), facts)
  return {
    facts,
    failed: servers.failed,
    async close({ keepData }) {
      for (const server of servers.all) await server.stop()
      if (!keepData) await database.server?.destroy()
    },
  }
}
