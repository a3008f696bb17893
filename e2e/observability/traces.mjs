import { createServer } from "node:http"
import { once } from "node:events"
import { join } from "node:path"
import { findFreePort, waitForUrl } from "../../tools/lib/network.mjs"
import { ROOT } from "../../tools/lib/paths.mjs"

const CONFIG = join(ROOT, "observability", "jaeger", "jaeger.yaml")
const START_LIMIT_MS = 30_000

/**
 * A span, whoever received it.
 *
 * @typedef {{ trace: string, id: string, parent?: string, service: string, name: string, attributes: Record<string, unknown> }} Span
 *
 * Where spans are sent to, and how they are found there.
 *
 * @typedef {{ name: string, url: string, protocol: string, spans(): Promise<Span[]>, stop(): Promise<void> }} TraceReceiver
 */

const valueOf = (value) => Object.values(value ?? {})[0]
const attributesOf = (list = []) =>
  Object.fromEntries(list.map(({ key, value }) => [key, valueOf(value)]))

/** The spans of a request by OTLP, in its JSON form. */
const readOtlp = ({ resourceSpans = [] }) =>
  resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) =>
      spans.map(({ traceId, spanId, parentSpanId, name, attributes }) => ({
        ...{ trace: traceId, id: spanId, parent: parentSpanId || undefined, name },
        service: attributesOf(resource.attributes)["service.name"],
        attributes: attributesOf(attributes),
      }))
    )
  )

/**
 * Takes spans by OTLP over HTTP with JSON, and keeps them: for machines on which nobody built Jaeger.
 *
 * @returns {Promise<TraceReceiver>}
 */
export async function startReceiver() {
  const kept = []
  const server = createServer(async (request, response) => {
    const pieces = []
    for await (const piece of request) pieces.push(piece)
    if (request.url === "/v1/traces") kept.push(...readOtlp(JSON.parse(Buffer.concat(pieces))))
    response.writeHead(200, { "content-type": "application/json" }).end("{}")
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    name: "the test's own receiver",
    url: `http://127.0.0.1:${server.address().port}`,
    protocol: "http/json",
    spans: async () => kept,
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The spans of Jaeger's answer. */
const readJaeger = ({ data = [] }) =>
  data.flatMap(({ spans, processes }) =>
    spans.map(({ traceID, spanID, references, operationName, processID, tags }) => ({
      ...{ trace: traceID, id: spanID, name: operationName },
      parent: references.find(({ refType }) => refType === "CHILD_OF")?.spanID,
      service: processes[processID].serviceName,
      attributes: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    }))
  )

/**
 * Starts a real Jaeger on this machine's loopback, with the repository's configuration.
 *
 * @param {object} options
 * @param {string} options.program
 * @param {string[]} options.services Whose traces are asked for.
 * @param {import("../../tools/lib/process.mjs").Supervisor} options.supervisor
 * @returns {Promise<TraceReceiver>}
 */
export async function startJaeger({ program, services, supervisor }) {
  const [otlp, query, grpc, health] = await Promise.all([1, 2, 3, 4].map(() => findFreePort()))
  const server = supervisor.start("jaeger", program, ["--config", CONFIG], {
    env: {
      JAEGER_LISTEN_HOST: "127.0.0.1",
      JAEGER_OTLP_PORT: String(otlp),
      JAEGER_QUERY_PORT: String(query),
      JAEGER_QUERY_GRPC_PORT: String(grpc),
      JAEGER_HEALTH_PORT: String(health),
    },
  })
  const url = `http://127.0.0.1:${query}`
  await waitForUrl(`${url}/api/services`, {
    ...{ what: "Jaeger", limitMs: START_LIMIT_MS, failed: server.exited },
    signal: supervisor.signal,
  })
  return {
    name: "Jaeger",
    url: `http://127.0.0.1:${otlp}`,
    protocol: "http/protobuf",
    async spans() {
      const found = new Map()
      for (const service of services) {
        const asked = new URLSearchParams({ service, limit: "1500" })
        const response = await fetch(`${url}/api/traces?${asked}`)
        // A trace of two services is found by either.
        for (const span of readJaeger(await response.json())) found.set(span.id, span)
      }
      return [...found.values()]
    },
    stop: server.stop,
  }
}
