import { join } from "node:path"
import { oncePerDatabase } from "./database.mjs"
import { ToolError } from "./errors.mjs"
import { readLogLine } from "./log-line.mjs"
import { medusa } from "./medusa.mjs"
import { BACKEND, PLUGIN, ROOT } from "./paths.mjs"
import { hashContents } from "./stamps.mjs"

/** setup-store ends with one line of this form. */
const SETUP_LINE = /LIBRO_SETUP (\{.*\})/

const ROOT_LOCK = join(ROOT, "package-lock.json")
const IN_BACKEND = (...names) => names.map((name) => join(BACKEND, name))

/** The book data and the code that reads it: what decides whether an import would change anything. */
const CATALOGUE = IN_BACKEND("data/catalogue", "src/catalogue", "src/scripts/import-books.ts")
const SETUP = IN_BACKEND("src/scripts", "src/setup")
/** Any module, link or index may bring a migration. */
const SCHEMA = [...IN_BACKEND("src", "medusa-config.ts"), join(PLUGIN, "src"), ROOT_LOCK]

/**
 * The steps that bring a database to the state of the code; each is done once for each state of what
 * it depends on.
 *
 * @param {object} options
 * @param {string} options.databaseUrl
 * @param {NodeJS.ProcessEnv} options.env The backend's environment.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 */
export function openStore({ databaseUrl, env, supervisor }) {
  const run = (name, args, report) =>
    supervisor.run(name, ...medusa(...args), {
      cwd: BACKEND,
      env,
      onLine(line) {
        const { message, isLog } = readLogLine(line)
        // While books are imported, the events that they cause would hide the count.
        if (message && !(isLog && name === "import-books")) report.detail(message)
      },
    })
  const words = (skipped, done) => (skipped ? "unchanged" : done)

  return {
    async migrate(report) {
      const { skipped } = await oncePerDatabase(databaseUrl, "migrate", hashContents(SCHEMA), () =>
        run("migrate", ["db:migrate"], report).then(() => null)
      )
      return words(skipped, "migrated")
    },

    /** @returns {Promise<{ publishableKey: string, summary: string }>} */
    async setUp(report) {
      const { result, skipped } = await oncePerDatabase(
        databaseUrl,
        "setup-store",
        hashContents(SETUP),
        async () => {
          const { output } = await run(
            "setup-store",
            ["exec", "./src/scripts/setup-store.ts"],
            report
          )
          const line = output.map((text) => text.match(SETUP_LINE)).findLast(Boolean)
          const facts = line && JSON.parse(line[1])
          if (!facts?.publishable_key) {
            throw new ToolError("setup-store ended without giving the publishable key.", {
              output: output.slice(-10),
            })
          }
          return facts
        }
      )
      return {
        publishableKey: result.publishable_key,
        summary: words(skipped, "regions, shipping, tax and the publishable key are set up"),
      }
    },

    /** Creates the admin's account, unless it exists. */
    async createAdmin({ email, password, exists }, report) {
      if (exists) return email
      // One word each: a password that begins with "-" would be taken for another option.
      await run("create-admin", ["user", `--email=${email}`, `--password=${password}`], report)
      return `${email} created`
    },

    async importBooks(report) {
      const { skipped } = await oncePerDatabase(
        databaseUrl,
        "import-books",
        hashContents(CATALOGUE),
        () =>
          run("import-books", ["exec", "./src/scripts/import-books.ts"], report).then(() => null)
      )
      return words(skipped, "imported")
    },
  }
}
