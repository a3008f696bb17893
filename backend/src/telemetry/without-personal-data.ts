import type { SpanExporter } from "@medusajs/framework/opentelemetry/sdk-trace-node"

type Span = Parameters<SpanExporter["export"]>[0][number]

/** Instrumentations whose spans say who asked, and for what: addresses, paths with ids, what was typed. */
const HTTP_SCOPES: ReadonlySet<string> = new Set([
  "@opentelemetry/instrumentation-http",
  "@opentelemetry/instrumentation-undici",
])

/** What these may tell. */
const HTTP_ATTRIBUTES: ReadonlySet<string> = new Set([
  "error.type",
  "http.request.method",
  "http.response.status_code",
  "http.route",
  "network.protocol.version",
  "server.address",
  "server.port",
  "url.scheme",
])

/**
 * Hands spans on without what could be about a person: addresses, headers, and the words of errors, which
 * quote what a shopper typed ("Customer with email … exists already").
 */
export class WithoutPersonalData implements SpanExporter {
  constructor(private readonly exporter_: SpanExporter) {}

  export(...[spans, done]: Parameters<SpanExporter["export"]>): void {
    this.exporter_.export(spans.map(withoutPersonalData), done)
  }

  async shutdown(): Promise<void> {
    await this.exporter_.shutdown()
  }

  async forceFlush(): Promise<void> {
    await this.exporter_.forceFlush?.()
  }
}

function withoutPersonalData(span: Span): Span {
  const attributes = HTTP_SCOPES.has(span.instrumentationScope.name)
    ? Object.fromEntries(
        Object.entries(span.attributes).filter(([name]) => HTTP_ATTRIBUTES.has(name))
      )
    : span.attributes
  // A span's data are read through getters of its class, which stay in place below.
  return Object.create(span, {
    attributes: { value: attributes },
    status: { value: { code: span.status.code } },
    // Events are exceptions, with message and stack.
    events: { value: [] },
  }) as Span
}
