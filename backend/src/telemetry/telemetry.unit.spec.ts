import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from "@medusajs/framework/opentelemetry/sdk-trace-node"
import { readTelemetrySettings } from "./settings"
import { WithoutPersonalData } from "./without-personal-data"

describe("readTelemetrySettings", () => {
  it("has everything off unless the environment asks for it", () => {
    expect(readTelemetrySettings({})).toEqual({ traces: false })
    expect(readTelemetrySettings({ METRICS_PORT: "" })).toEqual({ traces: false })
  })

  it("exposes metrics to the machine alone unless a host is named", () => {
    expect(readTelemetrySettings({ METRICS_PORT: "9464" }).metrics).toEqual({
      host: "127.0.0.1",
      port: 9464,
    })
    expect(
      readTelemetrySettings({ METRICS_PORT: "9464", METRICS_HOST: "0.0.0.0" }).metrics?.host
    ).toBe("0.0.0.0")
  })

  it.each(["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"])(
    "sends spans when %s says where to",
    (name) => {
      expect(readTelemetrySettings({ [name]: "http://collector:4318" })).toEqual({ traces: true })
    }
  )

  it.each(["off", "0", "70000", "94.5"])("refuses %j as a port, by name", (METRICS_PORT) => {
    expect(() => readTelemetrySettings({ METRICS_PORT })).toThrow(
      `METRICS_PORT is "${METRICS_PORT}"`
    )
  })
})

describe("WithoutPersonalData", () => {
  const exported = new InMemorySpanExporter()
  const provider = new NodeTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(new WithoutPersonalData(exported))],
  })
  afterAll(() => provider.shutdown())
  beforeEach(() => exported.reset())

  function exportSpan(scope: string, name: string, attributes: Record<string, string | number>) {
    provider.getTracer(scope).startSpan(name, { attributes }).end()
    return exported.getFinishedSpans()[0]
  }

  it("leaves of an HTTP request its route, method and status", () => {
    const span = exportSpan("@medusajs/http", "GET /admin/search?q=zebulon", {
      "http.route": "/admin/search",
      "http.method": "GET",
      "http.status_code": 200,
      "http.url": "/admin/search?q=zebulon",
      cookie: "connect.sid=secret",
      authorization: "Bearer secret",
    })
    expect(span.name).toBe("GET /admin/search")
    expect(span.attributes).toEqual({
      "http.route": "/admin/search",
      "http.method": "GET",
      "http.status_code": 200,
    })
  })

  it("keeps everything that makes a span a span", () => {
    const span = exportSpan("@medusajs/http", "GET /health", {})
    expect(span.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(span.ended).toBe(true)
    expect(span.endTime[0]).toBeGreaterThan(0)
  })

  it("passes other spans on as they are", () => {
    const attributes = { "semantic_search.index": "product" }
    expect(exportSpan("plugin", "semantic_search.search", attributes).attributes).toEqual(
      attributes
    )
  })
})
