import { readdirSync } from "node:fs"
import { join, sep } from "node:path"
import { build } from "./build.mjs"
import { dropDatabase, oncePerDatabase, prepareDatabase } from "./database.mjs"
import { startPostgres } from "./embedded-postgres.mjs"
import { installDependencies } from "./install.mjs"
import { readLogLine } from "./log-line.mjs"
import { medusa, medusaEnvironment } from "./medusa.mjs"
import { ensureModel } from "./models.mjs"
import { BENCHMARKS, PLUGIN, ROOT, STATE } from "./paths.mjs"
import { checkNode } from "./requirements.mjs"
import { openSecrets } from "./secrets.mjs"
import { hashContents } from "./stamps.mjs"

/** How many steps `openBenchmarks` shows. */
export const BENCHMARKS_STEPS = 6

const ROOT_LOCK = join(ROOT, "package-lock.json")
/** Only these folders of the plugin change the database's schema. */
const SCHEMA_FOLDERS = new Set(["migrations", "models", "links"])

/** The folders below `directory` whose contents a migration depends on. */
function schemaFolders(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && SCHEMA_FOLDERS.has(entry.name))
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
}

/** The same server, another database: the one of the user's own is left alone. */
function onServerOf(url, database) {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}

/**
 * Makes the application in benchmarks/ ready to run: installs, fetches and builds what isn't current,
 * and brings a database of its own to the state of the code.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @param {object} options
 * @param {string} options.home The folder of this run's state.
 * @param {string} options.name Of the embedded PostgreSQL's data.
 * @param {string} options.database The database's name.
 * @param {boolean} [options.fresh] Begin with an empty database, and delete it in the end.
 * @param {string} [options.databaseUrl] A PostgreSQL of the user's own, instead of the embedded one.
 * @param {NodeJS.ProcessEnv} [options.env] Added to the application's environment.
 * @param {ReturnType<typeof import("./progress.mjs").createProgress>["step"]} options.step
 * @returns {Promise<{ databaseUrl: string, env: NodeJS.ProcessEnv, failed: Promise<Error>, exec(name: string, script: string, args: string[], options: { dataset?: string, report: object }): Promise<string[]>, close(): Promise<void> }>}
 *   `env`: the application's environment; `exec` runs one of its scripts, whose lines are shown as
 *   they come, and answers with them; `failed` resolves when the embedded database is gone; `close`
 *   is for a fresh one.
 */
export async function openBenchmarks(supervisor, options) {
  const { home, name, database, databaseUrl, fresh = false, step } = options
  await step("Machine", async () => {
    checkNode()
    return `Node ${process.versions.node}`
  })
  await step("Dependencies", (report) => installDependencies(ROOT, { supervisor, report }))
  const { url, server } = await step("PostgreSQL", async (report) => {
    if (databaseUrl) {
      const url = onServerOf(databaseUrl, database)
      if (fresh) await dropDatabase(url)
      await prepareDatabase(url)
      return { url, summary: `database ${database} on the server of DATABASE_URL` }
    }
    const server = await startPostgres({
      ...{ home: join(STATE, "postgres"), name, fresh, supervisor, report },
    })
    const url = server.url(database)
    await prepareDatabase(url)
    return { url, server, summary: `port ${server.port}${server.note ? `; ${server.note}` : ""}` }
  })
  const { directory: models } = await step("Embedding model", (report) =>
    ensureModel({
      directory: join(STATE, "models"),
      configured: process.env.LIBRO_MODELS_DIR,
      hub: process.env.HF_ENDPOINT,
      ...{ supervisor, report },
    })
  )
  await step("Build of the plugin", (report) => build("plugin", { supervisor, report }))

  const secrets = openSecrets(home)
  const env = {
    NODE_ENV: "production",
    DATABASE_URL: url,
    LIBRO_MODELS_DIR: models,
    JWT_SECRET: secrets.jwt,
    COOKIE_SECRET: secrets.cookie,
    ...medusaEnvironment(),
    ...options.env,
  }
  const run = (label, args, { report, dataset }) =>
    supervisor.run(label, ...medusa(...args), {
      cwd: BENCHMARKS,
      env: dataset ? { ...env, LIBRO_DATASET: dataset } : env,
      onLine(line) {
        const { message, isLog } = readLogLine(line)
        if (!isLog) report.detail(message)
      },
    })
  await step("Database schema", async (report) => {
    const schema = [
      ...schemaFolders(join(PLUGIN, "src")),
      ...[join(BENCHMARKS, "medusa-config.ts"), ROOT_LOCK],
    ]
    const { skipped } = await oncePerDatabase(url, "migrate", hashContents(schema), () =>
      run("migrate", ["db:migrate"], { report }).then(() => null)
    )
    return skipped ? "unchanged" : "migrated"
  })
  return {
    databaseUrl: url,
    env,
    failed: server?.exited ?? new Promise(() => {}),
    exec: async (label, script, args, options) =>
      (await run(label, ["exec", `./src/scripts/${script}.ts`, ...args], options)).output,
    close: () => (server ? server.destroy() : dropDatabase(url)),
  }
}
