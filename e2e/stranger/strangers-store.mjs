import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { prepareDatabase, withDatabase } from "../../tools/lib/database.mjs"
import { startPostgres } from "../../tools/lib/embedded-postgres.mjs"
import { medusaEnvironment } from "../../tools/lib/medusa.mjs"
import { findFreePort, waitForUrl } from "../../tools/lib/network.mjs"
import { E2E, STATE } from "../../tools/lib/paths.mjs"
import { openSecrets } from "../../tools/lib/secrets.mjs"

const DATABASE_NAME = "a_strangers_store"
const SERVER_LIMIT_MS = 120_000
const REQUEST_MS = 30_000
/** Nobody watches the steps; each one's output is in its log. */
const quiet = { detail() {}, count() {} }

/**
 * What `npm test` adds to the environment speaks of this workspace, and would answer for the store:
 * above all the very setting that its `.npmrc` has to bring.
 */
const withoutNpm = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith("npm_"))
    .map((name) => [name, undefined])
)

/**
 * A Medusa application as a stranger has it: in a folder outside of this workspace, with packages of
 * its own from the registry, and a database of its own.
 *
 * @param {import("../../tools/lib/process.mjs").Supervisor} supervisor Stops what still runs at the end.
 * @param {string} home The folder of the database's state.
 */
export async function openStrangersStore(supervisor, home) {
  const directory = mkdtempSync(join(tmpdir(), "libro-stranger-"))
  cpSync(join(E2E, "stranger", "template"), directory, { recursive: true })
  mkdirSync(home, { recursive: true })
  const postgres = await startPostgres({
    ...{ home: join(STATE, "postgres"), name: "stranger", fresh: true, durable: false },
    ...{ supervisor, report: quiet },
  })
  const databaseUrl = postgres.url(DATABASE_NAME)
  await prepareDatabase(databaseUrl)
  const secrets = openSecrets(home)
  const env = {
    ...withoutNpm,
    DATABASE_URL: databaseUrl,
    JWT_SECRET: secrets.jwt,
    COOKIE_SECRET: secrets.cookie,
    STORE_CORS: "http://localhost",
    ADMIN_CORS: "http://localhost",
    AUTH_CORS: "http://localhost",
    ...medusaEnvironment(),
  }
  const pathOf = (file) => join(directory, file)

  return {
    directory,
    databaseUrl,

    /** @returns {Promise<Record<string, any>[]>} The rows. */
    query: (sql, values) => withDatabase(databaseUrl, (query) => query(sql, values)),

    read: (file) => readFileSync(pathOf(file), "utf8"),

    write(file, text) {
      mkdirSync(dirname(pathOf(file)), { recursive: true })
      writeFileSync(pathOf(file), text)
    },

    /** Runs what a README says to type, in the store's folder. */
    shell: (name, script, variables) =>
      supervisor.run(name, "bash", ["-euo", "pipefail", "-c", script], {
        cwd: directory,
        env: { ...env, ...variables },
      }),

    /**
     * Starts a server of the store on a port of its own and waits until it answers.
     *
     * @returns {Promise<{ url: string, stop(): Promise<void> }>}
     */
    async start(name) {
      const port = await findFreePort()
      const url = `http://localhost:${port}`
      const cli = pathOf("node_modules/@medusajs/cli/cli.js")
      const server = supervisor.start(name, process.execPath, [cli, "start", "-p", String(port)], {
        cwd: directory,
        env: { ...env, NODE_ENV: "production", DISABLE_MEDUSA_ADMIN: "true" },
      })
      await waitForUrl(`${url}/health`, {
        ...{ what: "The store", limitMs: SERVER_LIMIT_MS, failed: server.exited },
      })
      return { url, stop: server.stop }
    },

    /** Stops everything and deletes the store. */
    async close() {
      await supervisor.stopAll()
      await postgres.destroy()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/**
 * Sends a request with a JSON body.
 *
 * @throws {Error} The answer isn't a success.
 */
export async function send(url, { method = "GET", headers, body } = {}) {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`)
  return JSON.parse(text)
}

/** A shopper's search: the titles of the hits in their order, and how they came about. */
export async function search(url, key, q) {
  const { results } = await send(`${url}/store/search`, {
    method: "POST",
    headers: { "x-publishable-api-key": key },
    body: { entity: "product", filters: { q } },
  })
  const [{ hits, provider_metadata }] = results
  return { titles: hits.map(({ document }) => document.title), ...provider_metadata }
}
