#!/usr/bin/env node
import { readArgs, readPort } from "./lib/args.mjs"
import { readDatabaseUrl } from "./lib/database.mjs"
import { printError, ToolError } from "./lib/errors.mjs"
import { HOMES } from "./lib/lock.mjs"
import { formatDuration } from "./lib/progress.mjs"
import { runSession } from "./lib/session.mjs"
import { openShop } from "./lib/shop.mjs"

const HELP = `
Opens the bookstore: sets up what is missing, starts it, and runs until Ctrl-C.

  npm run demo                                keeps the data of last time
  npm run demo -- --reset                     begins anew with an empty database
  npm run demo -- --cluster                   two servers and two workers with a Redis
  npm run demo -- --backend-port 9100         default 9000, or BACKEND_PORT
  npm run demo -- --storefront-port 8100      default 8000, or STOREFRONT_PORT

Environment
  DATABASE_URL        a PostgreSQL with pgvector to use; default: one is set up here
  LIBRO_MODELS_DIR    a folder that holds the embedding model; default: it is fetched
  OLLAMA_BASE_URL     default http://127.0.0.1:11434
  OLLAMA_MODEL        default deepseek-r1:1.5b

Everything that is made lies in .libro/; the facts of the running demo are in .libro/demo.json, and
what the servers say in .libro/logs/.
`

const EXAMPLE_SEARCHES = [
  "a captain obsessed with a white whale",
  "robots that are forbidden to hurt people",
  "cosy murder in an English village",
]

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  reset: { type: "boolean" },
  cluster: { type: "boolean" },
  "backend-port": { type: "string" },
  "storefront-port": { type: "string" },
}

/** Flags and environment as the shop's options. */
function readOptions(argv) {
  const args = readArgs(argv, OPTIONS)
  const port = (name, variable, fallback) =>
    readPort({ flag: `--${name}`, value: args[name], variable, fallback })
  const databaseUrl = readDatabaseUrl()
  if (databaseUrl && args.reset) {
    throw new ToolError(
      "--reset deletes only a database that the demo made itself: empty the one of DATABASE_URL yourself, or unset it."
    )
  }
  return {
    help: args.help,
    fresh: args.reset,
    cluster: args.cluster,
    databaseUrl,
    backendPort: port("backend-port", "BACKEND_PORT", 9000),
    storefrontPort: port("storefront-port", "STOREFRONT_PORT", 8000),
  }
}

function describe(facts, duration) {
  const searches = EXAMPLE_SEARCHES.map(
    (text) =>
      `    ${facts.storefront_url}/search?q=${encodeURIComponent(text).replaceAll("%20", "+")}`
  )
  return `
The bookstore is open (${duration}).

  Shop     ${facts.storefront_url}
  Admin    ${facts.admin_url}    ${facts.admin_email} / ${facts.admin_password}

  Try:
${searches.join("\n")}

Ctrl-C closes it and keeps the data.
`
}

async function demo(supervisor, options) {
  const started = Date.now()
  const { facts, failed } = await openShop(supervisor, {
    ...options,
    home: HOMES.demo,
    name: "demo",
  })
  console.log(describe(facts, formatDuration(Date.now() - started)))

  const { signal } = supervisor
  const stopped = new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve())
    if (signal.aborted) resolve()
  })
  const failure = await Promise.race([stopped, failed])
  if (failure) throw failure
  console.log("Closing …")
  return 0
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(HELP.trim())
  else {
    process.exitCode = await runSession({ name: "A demo", home: HOMES.demo }, (supervisor) =>
      demo(supervisor, options)
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
