import assert from "node:assert/strict"
import { readFileSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { HOMES } from "../../tools/lib/lock.mjs"
import { findFreePort, waitFor } from "../../tools/lib/network.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { openShop } from "../../tools/lib/shop.mjs"
import { PACED_MODEL, startPacedModel } from "../faults/paced-model.mjs"
import { asTruth, dashboardQueries } from "./dashboards.mjs"
import { rules, startPrometheus } from "./prometheus.mjs"
import { shopper } from "../../tools/lib/shopper.mjs"
import { startJaeger, startReceiver } from "./traces.mjs"

/*
 * A running shop under the eyes of a real Prometheus, and of a real Jaeger where one was built (else of a
 * small receiver): every alert and every panel finds what it asks for, and a shopper's request is one trace
 * from the storefront to the statements in Postgres and to the models.
 */

const SETUP_LIMIT_MS = 600_000
/** Spans are sent every five seconds, figures fetched every second. */
const SEEN_WITHIN_MS = 60_000
const ANSWER = ["The ", "closest ", "is ", "[1]."]
/** Words that nobody but this shopper types: no span and no line of a log may hold them. */
const TYPED = "zeugmatic"
const EMAIL = "ada@reader.test"
const SERVICES = ["libro-mind-storefront", "libro-mind-backend"]

const { PROMETHEUS, JAEGER } = process.env
const home = join(HOMES.test, "observability")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })

describe("a shop that is looked at", { timeout: SETUP_LIMIT_MS }, () => {
  let shop
  let prometheus
  let receiver
  let languageModel
  let metrics

  before(
    async () => {
      mkdirSync(home, { recursive: true })
      languageModel = await startPacedModel()
      void answerAll(languageModel)
      receiver = JAEGER
        ? await startJaeger({ program: JAEGER, services: SERVICES, supervisor })
        : await startReceiver()
      metrics = { backend: await findFreePort(), storefront: await findFreePort() }
      const telemetry = (port) => ({
        METRICS_PORT: String(port),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: receiver.protocol,
      })
      Object.assign(process.env, { OLLAMA_BASE_URL: languageModel.url, OLLAMA_MODEL: PACED_MODEL })
      shop = await openShop(supervisor, {
        ...{ home, name: "observability", fresh: true, durable: false },
        backendPort: await findFreePort(),
        storefrontPort: await findFreePort(),
        telemetry: {
          backend: telemetry(metrics.backend),
          storefront: telemetry(metrics.storefront),
        },
      })
      prometheus = await startPrometheus({
        program: PROMETHEUS,
        directory: join(home, "prometheus"),
        targets: {
          backend: `127.0.0.1:${metrics.backend}`,
          storefront: `127.0.0.1:${metrics.storefront}`,
        },
        supervisor,
      })
      // A counter counts from its first look on: everything is done once before, and twice after.
      for (let round = 0; round < 3; round++) {
        await visit(shopper(shop.facts), round)
        await waitFor(async () => (await prometheus.query(`up{job="backend"}`)).length > 0, {
          ...{ what: "Prometheus's first look", limitMs: SEEN_WITHIN_MS },
        })
      }
    },
    { timeout: SETUP_LIMIT_MS }
  )
  after(async () => {
    await prometheus?.stop()
    await shop?.close({ keepData: false })
    await receiver?.stop()
    await languageModel?.close()
    await supervisor.stopAll()
  })

  /** The same to everybody: what is looked at here is what is measured of a model, not what it says. */
  async function answerAll(model) {
    for (;;) {
      const chat = await model.nextChat()
      for (const word of ANSWER) chat.say(word)
      chat.end()
    }
  }

  async function visit(visitor, round) {
    assert.equal(await visitor.open("/"), 200)
    assert.equal(await visitor.open(`/search?q=${TYPED}+whale+${round}`), 200)
    assert.equal(await visitor.open("/nowhere"), 404)
    assert.match(await visitor.ask(`a ${TYPED} story of the sea`), /"state":"done"/)
    await visitor.suggestions("moby")
    assert.ok(await visitor.buy())
  }

  /** What of these finds no data, once figures have had time to come. */
  async function silent(asked) {
    let left = asked
    await waitFor(
      async () => {
        const found = await Promise.all(left.map(({ expr }) => prometheus.query(expr)))
        left = left.filter(
          (_, i) => !found[i].length || found[i].every(({ value }) => Number.isNaN(value))
        )
        return left.length === 0
      },
      { what: "data", limitMs: SEEN_WITHIN_MS }
    ).catch(() => undefined)
    return left.map(({ title, expr }) => `${title}: ${expr}`)
  }

  it("gives every alert something to judge", async () => {
    const alerts = rules().filter(({ alert }) => alert)
    assert.ok(alerts.length > 10)
    const asked = alerts.map(({ alert, expr }) => ({ title: alert, expr: asTruth(expr) }))
    assert.deepEqual(await silent(asked), [])
  })

  it("gives every rule something to record", async () => {
    const recorded = rules().filter(({ record }) => record)
    assert.deepEqual(
      await silent(recorded.map(({ record }) => ({ title: record, expr: record }))),
      []
    )
  })

  it("gives every panel of every dashboard something to draw", async () => {
    const asked = dashboardQueries()
    assert.ok(asked.length > 30)
    assert.deepEqual(await silent(asked), [])
  })

  it("would name what finds nothing", async () => {
    const expr = "rate(semantic_search_search_seconds_bucket[5m])"
    const found = await prometheus.query(asTruth(`${expr} > 1`))
    assert.deepEqual(found, [])
    assert.deepEqual(await prometheus.query(asTruth("up == 0")), [
      ...(await prometheus.query("0 * up")),
    ])
  })

  /** The spans below one, itself included. */
  const below = (spans, top) => [
    top,
    ...spans.filter(({ parent }) => parent === top.id).flatMap((span) => below(spans, span)),
  ]

  /** A trace that begins at that page, with these spans of the backend below it. */
  async function traceOf(name, wanted) {
    const isWhole = (spans) =>
      wanted.every((start) =>
        spans.some((span) => span.service === "libro-mind-backend" && span.name.startsWith(start))
      )
    return waitFor(
      async () => {
        const spans = await receiver.spans()
        const pages = spans.filter((span) => span.name === name && !span.parent)
        return pages.map((page) => below(spans, page)).find(isWhole)
      },
      { what: `a trace of ${name} at ${receiver.name}`, limitMs: SEEN_WITHIN_MS }
    )
  }

  it("shows a search as one trace, from the page to Postgres and the embedding model", async () => {
    const trace = await traceOf("GET /search", [
      "POST /store/search",
      "semantic_search.search",
      "SELECT semantic_search_doc_product",
      "semantic_search.embed",
    ])
    assert.equal(new Set(trace.map((span) => span.trace)).size, 1)
  })

  it("shows a question as one trace, from the page to Postgres and the language model", async () => {
    const trace = await traceOf("POST /api/assistant", [
      "POST /store/assistant",
      "semantic_search.answer",
      "SELECT semantic_search_doc_product",
      `chat ${PACED_MODEL}`,
    ])
    const chat = trace.find(({ name }) => name.startsWith("chat"))
    assert.equal(chat.attributes["gen_ai.provider.name"], "ollama")
    // The call itself, which hands the trace on to the model's server.
    assert.ok(trace.some(({ parent }) => parent === chat.id))
  })

  it("tells nobody what was typed, nor by whom", async () => {
    const spans = await receiver.spans()
    assert.ok(spans.length > 100)
    const told = JSON.stringify(spans)
    for (const name of ["backend", "storefront"]) {
      const port = metrics[name]
      const exposed = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      const log = readFileSync(supervisor.logFile(name), "utf8")
      for (const [what, text] of Object.entries({ told, exposed, log })) {
        assert.ok(!text.includes(TYPED), `${name}: ${what} holds what was typed`)
        assert.ok(!text.includes(EMAIL), `${name}: ${what} holds an address`)
      }
    }
  })

  it("logs a line for each request, with its route and its trace", async () => {
    const lines = readFileSync(supervisor.logFile("backend"), "utf8")
      .split("\n")
      .filter((line) => line.includes('"message":"request"'))
      .map((line) => JSON.parse(line))
    const search = lines.find(({ route }) => route === "/store/search")
    assert.equal(search.method, "POST")
    assert.equal(search.status, 200)
    const spans = await receiver.spans()
    assert.ok(spans.some(({ trace }) => lines.some(({ trace_id: id }) => id === trace)))
  })
})
