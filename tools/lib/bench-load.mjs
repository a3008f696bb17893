import { HYBRID_SCENARIOS, OURS, SCENARIOS, THEIRS } from "./bench-scenarios.mjs"
import { round, search } from "./bench-target.mjs"
import { percentile, spread } from "./load.mjs"

/** What a page of results shows of a product. */
const FIELDS = ["id", "title", "brand", "price"]
const CLIENTS = [1, 8]
/** One stretch of load, and the fewest searches that are worth a percentile. */
const BURST_MS = 1_500
const LEAST_SEARCHES = 20
/** Where a search takes so long that even those don't come together. */
const LONGEST_BURST_MS = 10_000

const all = { ...SCENARIOS, ...HYBRID_SCENARIOS }

/** Sends one scenario's searches to one engine. */
function burst(target, { scenario, engine, clients, queries, until, onAnswer }) {
  const { fresh, body } = all[scenario]
  let number = 0
  const text = () =>
    fresh ? queries.fresh() : queries.familiar[number++ % queries.familiar.length]
  return search(target, {
    ...{ clients, until, onAnswer },
    next: () => ({
      ...body(engine, text()),
      entity: target.dataset.indexes[engine],
      fields: FIELDS,
    }),
  })
}

/**
 * Measures how fast searches are answered: every scenario in turn, the engines right after each other
 * and in changing order, all of it so many times. What disturbs the machine meets both.
 *
 * @param {import("./bench-target.mjs").Target} target
 * @param {{ queries: ReturnType<typeof import("./bench-scenarios.mjs").createQueries>, repetitions: number, report: object }} options
 * @returns {Promise<{ bursts: { scenario: string, clients: number, engine: string, repetition: number, latencies: number[], ms: number }[], degraded: number }>}
 *   `degraded`: hybrid searches that were answered by words alone.
 */
export async function measureLoad(target, { queries, repetitions, report }) {
  const runs = Object.keys(all).flatMap((scenario) =>
    CLIENTS.map((clients) => ({ scenario, clients }))
  )
  const once = queries.familiar.length
  for (const [scenario, { engines }] of Object.entries(all)) {
    report.detail(`warming up, ${scenario}`)
    for (const engine of engines) {
      const until = (posted) => posted >= once
      await burst(target, { scenario, engine, clients: 1, queries, until })
    }
  }
  const bursts = []
  let degraded = 0
  const onAnswer = (text) => {
    if (text.includes('"degraded":')) degraded++
  }
  const until = (posted, ms) =>
    ms >= LONGEST_BURST_MS || (ms >= BURST_MS && posted >= LEAST_SEARCHES)
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [i, { scenario, clients }] of runs.entries()) {
      report.count(repetition * runs.length + i, repetitions * runs.length, "stretches of load")
      const { engines } = all[scenario]
      for (const engine of repetition % 2 ? [...engines].reverse() : engines) {
        const what = { scenario, clients, engine }
        const measured = await burst(target, { ...what, queries, until, onAnswer })
        bursts.push({ ...what, repetition, ...measured })
      }
    }
  }
  return { bursts, degraded }
}

/** The figures of each scenario, client count and engine, over all repetitions. */
export function summariseLoad(size, bursts) {
  const groups = new Map()
  for (const entry of bursts) {
    const key = [entry.scenario, entry.clients, entry.engine].join(" ")
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups.values()].map((group) => {
    const { scenario, clients, engine } = group[0]
    const latencies = group.flatMap((entry) => entry.latencies)
    const seconds = group.reduce((sum, { ms }) => sum + ms, 0) / 1000
    return {
      ...{ size, scenario, clients, engine },
      p50_ms: round(percentile(latencies, 50)),
      p95_ms: round(percentile(latencies, 95)),
      p99_ms: round(percentile(latencies, 99)),
      rps: round(latencies.length / seconds, 1),
    }
  })
}

/**
 * What each scenario of ours is compared with: the other engine at the same, or what it adds to.
 *
 * @type {Record<string, { scenario: string, engine: string }>}
 */
const BASELINES = {
  ...Object.fromEntries(
    Object.entries(SCENARIOS)
      .filter(([, { engines }]) => engines.includes(THEIRS))
      .map(([scenario]) => [scenario, { scenario, engine: THEIRS }])
  ),
  "hybrid-cached": { scenario: "keyword", engine: OURS },
  "hybrid-uncached": { scenario: "hybrid-cached", engine: OURS },
  "hybrid-filter-10": { scenario: "filter-10", engine: OURS },
  "hybrid-filter-1": { scenario: "filter-1", engine: OURS },
  "hybrid-facets": { scenario: "facets", engine: OURS },
}

/** Ratios of 95th percentiles within each repetition, with their spread over the repetitions. */
export function compareLoad(size, bursts) {
  const p95 = (wanted) => percentile(bursts.find(wanted).latencies, 95)
  const repetitions = [...new Set(bursts.map(({ repetition }) => repetition))]
  return Object.keys(all).flatMap((scenario) =>
    CLIENTS.map((clients) => {
      const baseline = BASELINES[scenario]
      const pairs = repetitions.map((repetition) => {
        const at = (which) => (entry) =>
          entry.repetition === repetition &&
          entry.clients === clients &&
          entry.scenario === which.scenario &&
          entry.engine === which.engine
        return [p95(at({ scenario, engine: OURS })), p95(at(baseline))]
      })
      const { median, low, high } = spread(pairs.map(([ours, theirs]) => ours / theirs))
      return {
        ...{ size, scenario, clients },
        against: baseline.engine === THEIRS ? THEIRS : `${OURS} ${baseline.scenario}`,
        p95_ratio: round(median),
        ...{ lowest: round(low), highest: round(high) },
        p95_difference_ms: round(spread(pairs.map(([ours, theirs]) => ours - theirs)).median),
      }
    })
  )
}
