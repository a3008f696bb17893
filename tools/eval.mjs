#!/usr/bin/env node
import { createHash } from "node:crypto"
import { readFileSync, realpathSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { readArgsAndNames } from "./lib/args.mjs"
import { BENCHMARKS_STEPS, openBenchmarks } from "./lib/benchmarks-app.mjs"
import { BUILDS } from "./lib/build.mjs"
import { lastDone, oncePerDatabase, readDatabaseUrl } from "./lib/database.mjs"
import { writeDataset } from "./lib/dataset.mjs"
import { printError, ToolError } from "./lib/errors.mjs"
import { describe, score, toResult, writeFile, writeRuns } from "./lib/eval-report.mjs"
import { readCollection, toDocuments } from "./lib/judged-collection.mjs"
import { HOMES } from "./lib/lock.mjs"
import { BENCHMARKS, ROOT } from "./lib/paths.mjs"
import { createProgress, formatCount } from "./lib/progress.mjs"
import { runSession } from "./lib/session.mjs"
import { hashContents, readStamp } from "./lib/stamps.mjs"

const HELP = `
Scores the search on a judged collection, beside Medusa's own search-postgres.

  npm run eval -- FOLDER                  products.jsonl, queries.tsv, qrels.tsv (docs/evaluation.md)
  npm run eval -- FOLDER --json FILE      writes the figures to a file as well
  npm run eval -- FOLDER --runs DIR       writes what each engine found, and each query's figures
  npm run eval -- FOLDER --keep-index     searches the index as it is, though the plugin has changed

products.jsonl may lie in the folder above. A collection is loaded once for each state of its products
and of the plugin; what was embedded is kept.

Environment
  DATABASE_URL        a PostgreSQL with pgvector, on which the database libro_eval is made;
                      default: one is set up here
  LIBRO_MODELS_DIR    a folder that holds the embedding model; default: it is fetched

Everything that is made lies in .libro/eval/.
`

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "string" },
  runs: { type: "string" },
  "keep-index": { type: "boolean" },
}

const DATABASE = "libro_eval"
const ROOT_LOCK = join(ROOT, "package-lock.json")
const KEY_LENGTH = 10
/** A measurement waits for the model however busy the machine is. */
const EMBEDDING_TIMEOUT_MS = 120_000

/** Names a collection's indexes: by where its products lie, so that a changed file replaces them. */
const keyOf = ({ products }) =>
  `eval_${createHash("sha256").update(realpathSync(products)).digest("hex").slice(0, KEY_LENGTH)}`

/** The code that decides over what an index holds, as one hash. */
function codeOf(provider) {
  const { sources, stamp } = BUILDS.plugin
  const benchmarks = ["src/dataset", "src/search", "medusa-config.ts"].map((name) =>
    join(BENCHMARKS, name)
  )
  return provider === "pgvector"
    ? hashContents(benchmarks, { salt: [readStamp(stamp) ?? hashContents(sources)] })
    : hashContents([...benchmarks, ROOT_LOCK])
}

/** Loads the products into one provider's index, unless they are there as this code makes them. */
async function load(app, { dataset, provider, keep, report }) {
  const index = dataset.indexes[provider]
  const step = `load ${index}`
  const kept = keep ? await lastDone(app.databaseUrl, step) : undefined
  if (kept?.startsWith(dataset.hash)) return "as it is"
  const hash = `${dataset.hash} ${codeOf(provider)}`
  const { skipped } = await oncePerDatabase(app.databaseUrl, step, hash, async () => {
    await app.exec(`load-${provider}`, "build-index", [index], { dataset: dataset.file, report })
    return null
  })
  return skipped ? "unchanged" : `${formatCount(dataset.count)} products`
}

/** Asks every engine every query. */
async function ask(app, { collection, dataset, home, report }) {
  const files = [join(home, "queries.json"), join(home, "answers.json")]
  writeFileSync(files[0], JSON.stringify(collection.queries))
  await app.exec("queries", "run-queries", files, { dataset: dataset.file, report })
  return JSON.parse(readFileSync(files[1], "utf8"))
}

async function evaluate(supervisor, { collection, json, runs, keep, databaseUrl }) {
  const home = HOMES.eval
  const { step } = createProgress({ total: BENCHMARKS_STEPS + 4 })
  const app = await openBenchmarks(supervisor, {
    ...{ home, name: "eval", database: DATABASE, databaseUrl, step },
    env: { LIBRO_EMBEDDING_TIMEOUT_MS: String(EMBEDDING_TIMEOUT_MS) },
  })
  const { dataset } = await step("Collection", async () => {
    const dataset = await writeDataset({
      directory: join(home, "collections"),
      key: keyOf(collection),
      fields: collection.fields,
      documents: toDocuments(collection),
    })
    const { ignored } = collection
    const without = ignored.length ? `, without ${ignored.join(", ")}` : ""
    return { dataset, summary: `${formatCount(dataset.count)} products${without}` }
  })
  for (const provider of Object.keys(dataset.indexes)) {
    await step(`Index of ${provider}`, (report) => load(app, { dataset, provider, keep, report }))
  }
  const { answers } = await step("Queries", async (report) => ({
    answers: await ask(app, { collection, dataset, home, report }),
    summary: `${formatCount(collection.queries.length)}, by each engine`,
  }))

  const scores = score(collection, answers)
  console.log(`\n${describe(collection.name, scores).join("\n")}`)
  if (runs) writeRuns(runs, answers, scores)
  if (json) writeFile(json, `${JSON.stringify(toResult(collection.name, scores), null, 2)}\n`)
  return 0
}

async function readOptions(argv) {
  const { values, positionals } = readArgsAndNames(argv, OPTIONS)
  if (values.help) return { help: true }
  if (positionals.length !== 1) {
    throw new ToolError("Name one folder with a judged collection: npm run eval -- FOLDER.")
  }
  return {
    collection: await readCollection(positionals[0]),
    json: values.json && resolve(values.json),
    runs: values.runs && resolve(values.runs),
    keep: values["keep-index"],
    databaseUrl: readDatabaseUrl(),
  }
}

try {
  const options = await readOptions(process.argv.slice(2))
  if (options.help) console.log(HELP.trim())
  else {
    process.exitCode = await runSession({ name: "An evaluation", home: HOMES.eval }, (supervisor) =>
      evaluate(supervisor, options)
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
