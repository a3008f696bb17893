import { SpanStatusCode } from "@medusajs/framework/opentelemetry/api"
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from "@medusajs/framework/opentelemetry/sdk-trace-node"
import { readTelemetrySettings } from "./settings"
import { WithoutPersonalData } from "./without-personal-data"

describe("readTelemetrySettings", () => {
  it("has everything off unless the environment asks for it", () => {
    expect(readTelemetrySettings({})).toEqual({})
    expect(readTelemetrySettings({ METRICS_PORT: "" })).toEqual({})
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
      expect(readTelemetrySettings({ [name]: "http://collector:4318" })).toEqual({
        traces: "http/protobuf",
      })
    }
  )

  it.each(["off", "0", "70000", "94.5"])("refuses %j as a port, by name", (METRICS_PORT) => {
    expect(() => readTelemetrySettings({ METRICS_PORT })).toThrow(
      `METRICS_PORT is "${METRICS_PORT}"`
    )
  })
})

describe("the protocol of spans", () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }

  it("is the one that the environment names, that of traces before the general one", () => {
    const general = { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" }
    expect(readTelemetrySettings(general).traces).toBe("http/json")
    expect(
      readTelemetrySettings({ ...general, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf" })
        .traces
    ).toBe("http/protobuf")
  })

  it("is refused by name where it isn't spoken", () => {
    expect(() =>
      readTelemetrySettings({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" })
    ).toThrow('OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"')
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
    const span = exportSpan("@opentelemetry/instrumentation-http", "GET /store/products/:id", {
      "http.route": "/store/products/:id",
      "http.request.method": "GET",
      "http.response.status_code": 200,
      "url.path": "/store/products/prod_1",
      "url.query": "q=zebulon",
      "client.address": "203.0.113.9",
      "user_agent.original": "Mozilla/5.0",
    })
    expect(span.name).toBe("GET /store/products/:id")
    expect(span.attributes).toEqual({
      "http.route": "/store/products/:id",
      "http.request.method": "GET",
      "http.response.status_code": 200,
    })
  })

  it("keeps everything that makes a span a span", () => {
    const span = exportSpan("@opentelemetry/instrumentation-http", "GET", {})
    expect(span.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(span.ended).toBe(true)
    expect(span.endTime[0]).toBeGreaterThan(0)
  })

  it("tells that something failed, and not in which words", () => {
    const failing = provider.getTracer("plugin").startSpan("query.graph: customer")
    failing.recordException(new Error("Customer with email a@b.test exists"))
    failing.setStatus({
      code: SpanStatusCode.ERROR,
      message: "Customer with email a@b.test exists",
    })
    failing.end()
    const [span] = exported.getFinishedSpans()
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(span.events).toEqual([])
  })

  it("passes other spans on as they are", () => {
    const attributes = { "semantic_search.index": "product" }
    expect(exportSpan("plugin", "semantic_search.search", attributes).attributes).toEqual(
      attributes
    )
  })
})
