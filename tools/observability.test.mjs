import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { PLUGIN, ROOT } from "./lib/paths.mjs"

/*
 * Rules and dashboards ask for what the plugin measures: a name that nothing exports would stay empty, and
 * an alert on it silent for ever.
 */

const TELEMETRY = join(PLUGIN, "src", "telemetry")
const read = (...parts) => readFileSync(join(...parts), "utf8")

/** In Prometheus dots are underscores, and a name's ending tells of its kind. */
const prometheus = (name) => name.replaceAll(".", "_")
const HISTOGRAM = ["_bucket", "_count", "_sum"]

/** What the code measures, by the names that Prometheus has for it. */
function exported() {
  const instruments = read(TELEMETRY, "instruments.ts")
  const names = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => prometheus(name))
  const histograms = names(instruments, /\b(?:duration|createHistogram)\(\s*"([a-z_.]+)"/g)
  const counters = names(instruments, /\bcreateCounter\(\s*"([a-z_.]+)"/g)
  const upDown = names(instruments, /\bcreateUpDownCounter\(\s*"([a-z_.]+)"/g)
  const gauges = names(read(TELEMETRY, "gauges.ts"), /\bgauge\(\s*"([a-z_.]+)"/g)
  return new Set([
    ...histograms.flatMap((name) => HISTOGRAM.map((ending) => `${name}${ending}`)),
    ...counters.map((name) => `${name}_total`),
    ...upDown,
    ...gauges,
  ])
}

/** The attributes of them, as labels. */
const labels = () =>
  new Set(
    [...read(TELEMETRY, "names.ts").matchAll(/= "([a-z_.]+)"/g)].map(([, name]) => prometheus(name))
  )

/** Those of libraries (HTTP, Node) are asked of a running shop: e2e/observability. */
const METRIC = /\b(?:semantic_search|db_client|gen_ai)_[a-z_]+\b(?!:)/g
const RECORDED = /\b[a-z]+:semantic_search_[a-z_]+:[a-z0-9_]+\b/g

/** The names in expressions that the plugin neither exports nor attaches. */
function unknown(text) {
  const known = new Set([...exported(), ...labels()])
  const asked = text.replaceAll(RECORDED, "").match(METRIC) ?? []
  return [...new Set(asked)].filter((name) => !known.has(name))
}

const filesIn = (...parts) =>
  readdirSync(join(ROOT, "observability", ...parts)).map((name) =>
    join(ROOT, "observability", ...parts, name)
  )

describe("what the plugin measures", () => {
  it("is read from its code", () => {
    const names = exported()
    assert.ok(names.has("semantic_search_search_duration_bucket"))
    assert.ok(names.has("semantic_search_search_keyword_only_total"))
    assert.ok(names.has("semantic_search_queue_oldest_age"))
    assert.ok(names.size > 20, `${names.size} names`)
  })

  it("doesn't hold what nobody measures", () => {
    assert.deepEqual(unknown("rate(semantic_search_search_seconds_bucket[5m])"), [
      "semantic_search_search_seconds_bucket",
    ])
  })

  for (const file of [...filesIn("prometheus", "rules"), ...filesIn("grafana", "dashboards")]) {
    it(`holds all that ${file.slice(ROOT.length + 1)} asks for`, () => {
      const expressions = file.endsWith(".json")
        ? JSON.parse(read(file)).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
        : [read(file)]
      assert.deepEqual(unknown(expressions.join("\n")), [])
    })
  }

  it("is recorded under each name that an alert goes by", () => {
    for (const file of filesIn("prometheus", "rules")) {
      const text = read(file)
      const recorded = new Set([...text.matchAll(/record: (\S+)/g)].map(([, name]) => name))
      const asked = text.match(RECORDED).filter((name) => !recorded.has(name))
      assert.deepEqual(asked, [])
    }
  })
})
