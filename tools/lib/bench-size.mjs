import { readFileSync } from "node:fs"
import { join } from "node:path"
import { buildIndex, embeddingBytes, measureDisk } from "./bench-index.mjs"
import { compareLoad, measureLoad, summariseLoad } from "./bench-load.mjs"
import { measureRecall } from "./bench-recall.mjs"
import { createQueries, OURS, THEIRS } from "./bench-scenarios.mjs"
import { measureSuggestions } from "./bench-suggestions.mjs"
import { round } from "./bench-target.mjs"
import { writeDataset } from "./dataset.mjs"
import { ToolError } from "./errors.mjs"
import { CATALOGUE_FIELDS, generateProducts } from "./generated-catalogue.mjs"
import { medusa } from "./medusa.mjs"
import { MODEL_NAME } from "./models.mjs"
import { findFreePort, waitForUrl } from "./network.mjs"
import { BENCHMARKS } from "./paths.mjs"
import { formatCount, formatDuration } from "./progress.mjs"

/** How many steps `measureSize` shows. */
export const STEPS_A_SIZE = 9
/** The most products that the model embeds: a hundred thousand take it half an hour and more. */
export const MOST_EMBEDDED = 10_000
/** How many products' titles and brands are typed into a search box. */
const TYPED_PRODUCTS = 100
const SYNTHETIC = "synthetic (directions of words)"
const START_LIMIT_MS = 5 * 60_000
/** set-up-store ends with one line of this form. */
const SETUP_LINE = /LIBRO_SETUP (\{.*\})/

/**
 * Creates what the store's API asks for.
 *
 * @returns {Promise<{ publishable_key: string, sales_channel_id: string }>}
 */
export async function setUpStore(app, report) {
  const output = await app.exec("set-up-store", "set-up-store", [], { report })
  const line = output.map((text) => text.match(SETUP_LINE)).findLast(Boolean)
  if (!line) throw new ToolError("set-up-store ended without giving the key.", { output })
  return JSON.parse(line[1])
}

/** The application, serving one dataset. */
async function serve(supervisor, { app, store, dataset, isSynthetic, report }) {
  report.detail("starting the application")
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const server = supervisor.start(
    "application",
    ...medusa("start", "--port", String(port), "--host", "127.0.0.1"),
    {
      cwd: BENCHMARKS,
      env: {
        ...app.env,
        LIBRO_DATASET: dataset.file,
        ...(isSynthetic ? { LIBRO_EMBEDDER: "synthetic" } : {}),
      },
    }
  )
  const failed = Promise.race([server.exited, app.failed])
  const { signal } = supervisor
  await waitForUrl(`${url}/health`, {
    ...{ what: "The application", limitMs: START_LIMIT_MS, signal, failed },
  })
  const { databaseUrl } = app
  const publishableKey = store.publishable_key
  const target = { ...{ url, publishableKey, databaseUrl, dataset, signal, failed } }
  return { target, stop: server.stop }
}

/** The bare model's rate on a dataset's texts, in texts a second. */
async function measureModel(app, { home, dataset, report }) {
  const file = join(home, "model-rate.json")
  await app.exec("measure-model", "measure-model", [file], { dataset: dataset.file, report })
  return JSON.parse(readFileSync(file, "utf8")).texts_per_second
}

function describeIndexing({ size, embedder, modelRate, first, again, theirs, disk }) {
  const rate = size / (first.ms / 1000)
  return {
    ...{ size, embedder },
    first_build_ms: round(first.ms, 0),
    products_per_second: round(rate, 1),
    model_texts_per_second: modelRate === null ? null : round(modelRate, 1),
    share_of_model_rate: modelRate === null ? null : round(rate / modelRate, 3),
    unchanged_rebuild_ms: round(again.ms, 0),
    unchanged_rebuild_speedup: round(first.ms / again.ms, 1),
    search_postgres_ms: round(theirs.ms, 0),
    event_loop_p99_ms: round(first.event_loop_ms.p99),
    event_loop_max_ms: round(first.event_loop_ms.max),
    rss_mb: round(first.rss_bytes / 1e6, 0),
    disk,
  }
}

/**
 * Everything that is measured at one size.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @param {object} context
 * @param {Awaited<ReturnType<typeof import("./benchmarks-app.mjs").openBenchmarks>>} context.app
 * @param {{ publishable_key: string, sales_channel_id: string }} context.store
 * @param {number} context.size
 * @param {number} context.repetitions
 * @param {ReturnType<typeof import("./progress.mjs").createProgress>["step"]} context.step
 * @param {string} context.home The folder of this run's state.
 */
export async function measureSize(supervisor, { app, store, size, repetitions, step, home }) {
  const isSynthetic = size > MOST_EMBEDDED
  const label = formatCount(size)
  const salesChannel = store.sales_channel_id
  const { dataset } = await step(`${label} products`, async () => ({
    dataset: await writeDataset({
      directory: join(home, "catalogues"),
      key: `bench_${size}`,
      fields: CATALOGUE_FIELDS,
      documents: generateProducts(size, { seed: size, salesChannel }),
    }),
    summary: "generated",
  }))
  const measureBareModel = (when) =>
    step(`${label}: the bare model, ${when}`, async (report) => {
      if (isSynthetic) return { rate: null, summary: "left out: a function takes its place" }
      const rate = await measureModel(app, { home, dataset, report })
      return { rate, summary: `${rate.toFixed(1)} texts a second` }
    })
  const before = await measureBareModel("before")
  const { target, stop } = await step(`${label}: application`, (report) =>
    serve(supervisor, { app, store, dataset, isSynthetic, report })
  )
  let measured
  try {
    const kept = await embeddingBytes(app.databaseUrl)
    const builds = await step(`${label}: indexing`, async (report) => {
      const first = await buildIndex(target, OURS, report)
      const again = await buildIndex(target, OURS, report)
      const theirs = await buildIndex(target, THEIRS, report)
      const summary = [first, again, theirs].map(({ ms }) => formatDuration(ms)).join(", ")
      return { ...{ first, again, theirs }, summary: `first, again, native: ${summary}` }
    })
    const disk = await step(`${label}: disk`, () => measureDisk(target, kept))
    const { recall } = await step(`${label}: recall`, async (report) => ({
      recall: await measureRecall(target, report),
    }))
    const { bursts, degraded } = await step(`${label}: searches`, (report) =>
      measureLoad(target, { queries: createQueries(), repetitions, report })
    )
    const { suggestions } = await step(`${label}: suggestions`, async (report) => {
      const products = [...generateProducts(TYPED_PRODUCTS, { seed: size, salesChannel })]
      return { suggestions: await measureSuggestions(target, { products, report }) }
    })
    measured = { builds, disk, recall, bursts, degraded, suggestions }
  } finally {
    await stop()
  }
  // What else the machine does changes by the minute, so the model is measured on both sides.
  const after = await measureBareModel("after")
  const { builds, disk, recall, bursts, degraded, suggestions } = measured
  const embedder = isSynthetic ? SYNTHETIC : MODEL_NAME
  const modelRate = isSynthetic ? null : (before.rate + after.rate) / 2
  return {
    rows: summariseLoad(size, bursts),
    ratios: compareLoad(size, bursts),
    indexing: describeIndexing({ ...{ size, embedder, modelRate, disk }, ...builds }),
    recall: recall.map((entry) => ({ size, ...entry })),
    suggestions: suggestions.map((entry) => ({ size, ...entry })),
    degraded,
  }
}
