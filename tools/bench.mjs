#!/usr/bin/env node
import { mkdirSync, writeFileSync } from "node:fs"
import { cpus, loadavg, totalmem } from "node:os"
import { dirname, resolve } from "node:path"
import { readArgs } from "./lib/args.mjs"
import { describeBench } from "./lib/bench-report.mjs"
import { HYBRID_SCENARIOS } from "./lib/bench-scenarios.mjs"
import { measureSize, MOST_EMBEDDED, setUpStore, STEPS_A_SIZE } from "./lib/bench-size.mjs"
import { round } from "./lib/bench-target.mjs"
import { BENCHMARKS_STEPS, openBenchmarks } from "./lib/benchmarks-app.mjs"
import { readDatabaseUrl, withDatabase } from "./lib/database.mjs"
import { printError, ToolError } from "./lib/errors.mjs"
import { HOMES } from "./lib/lock.mjs"
import { createProgress, formatCount } from "./lib/progress.mjs"
import { runSession } from "./lib/session.mjs"

const HELP = `
Measures how fast the search and its indexing are, beside Medusa's own search-postgres.

  npm run bench                                  1,000, 10,000 and 100,000 generated products
  npm run bench -- --sizes 1000                  some minutes
  npm run bench -- --json FILE                   writes the figures to a file as well
  npm run bench -- --repetitions 3               default 5
  npm run bench -- --vectors half                keeps vectors in half precision; default single

Up to ${formatCount(MOST_EMBEDDED)} products are embedded by the model; larger catalogues by a function that takes
its place, as docs/benchmark.md says.

Environment
  DATABASE_URL        a PostgreSQL with pgvector, on which the database libro_bench is made, and
                      deleted in the end; default: one is set up here
  LIBRO_MODELS_DIR    a folder that holds the embedding model; default: it is fetched

Everything that is made lies in .libro/bench/.
`

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  sizes: { type: "string", default: "1000,10000,100000" },
  json: { type: "string" },
  repetitions: { type: "string", default: "5" },
  vectors: { type: "string", default: "single" },
}

const DATABASE = "libro_bench"
const LARGEST_SIZE = 10_000_000
const MOST_REPETITIONS = 100
const PRECISIONS = ["single", "half"]

function readCount(flag, text, most) {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > most) {
    throw new ToolError(
      `${flag} takes whole numbers from 1 to ${formatCount(most)}, not "${text}".`
    )
  }
  return count
}

function readOptions(argv) {
  const { help, sizes, json, repetitions, vectors } = readArgs(argv, OPTIONS)
  if (help) return { help }
  if (!PRECISIONS.includes(vectors)) {
    throw new ToolError(`--vectors takes ${PRECISIONS.join(" or ")}, not "${vectors}".`)
  }
  return {
    vectors,
    sizes: [...new Set(sizes.split(",").map((text) => readCount("--sizes", text, LARGEST_SIZE)))],
    repetitions: readCount("--repetitions", repetitions, MOST_REPETITIONS),
    json: json && resolve(json),
    databaseUrl: readDatabaseUrl(),
  }
}

/** On what was measured. */
async function describeMachine(databaseUrl) {
  const [{ postgres, pgvector }] = await withDatabase(databaseUrl, (query) =>
    query(
      "select current_setting('server_version') as postgres, (select default_version from pg_available_extensions where name = 'vector') as pgvector"
    )
  )
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory_gb: round(totalmem() / 1e9, 1),
    node: process.versions.node,
    ...{ postgres, pgvector },
    load_average: round(loadavg()[0], 1),
  }
}

async function bench(supervisor, { sizes, repetitions, vectors, json, databaseUrl }) {
  const home = HOMES.bench
  const { step } = createProgress({ total: BENCHMARKS_STEPS + 1 + STEPS_A_SIZE * sizes.length })
  const app = await openBenchmarks(supervisor, {
    ...{ home, name: "bench", database: DATABASE, databaseUrl, fresh: true, step },
    env: { LIBRO_VECTORS: vectors },
  })
  try {
    const store = await step("Store", (report) => setUpStore(app, report))
    const machine = await describeMachine(app.databaseUrl)
    const context = { app, store, repetitions, step, home }
    const measured = []
    for (const size of sizes) {
      measured.push(await measureSize(supervisor, { ...context, size }))
    }
    const rows = measured.flatMap((entry) => entry.rows)
    const isMore = ({ scenario }) => scenario in HYBRID_SCENARIOS
    const result = {
      machine,
      rows: rows.filter((row) => !isMore(row)),
      more_rows: rows.filter(isMore),
      ratios: measured.flatMap(({ ratios }) => ratios),
      indexing: measured.map(({ indexing }) => indexing),
      recall: measured.flatMap(({ recall }) => recall),
      suggestions: measured.flatMap(({ suggestions }) => suggestions),
      degraded_searches: measured.reduce((sum, { degraded }) => sum + degraded, 0),
      repetitions,
      vectors,
    }
    console.log(`\n${describeBench(result).join("\n")}`)
    if (json) {
      mkdirSync(dirname(json), { recursive: true })
      writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`)
    }
    return 0
  } finally {
    await app.close()
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(HELP.trim())
  else {
    process.exitCode = await runSession({ name: "A benchmark", home: HOMES.bench }, (supervisor) =>
      bench(supervisor, options)
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
