import type { SpanExporter } from "@medusajs/framework/opentelemetry/sdk-trace-node"

type Span = Parameters<SpanExporter["export"]>[0][number]

/** The instrumentation of Medusa's HTTP layer. */
const HTTP_SCOPE = "@medusajs/http"

/** What it may tell. It also writes each header down, cookies and keys among them, and whole addresses. */
const HTTP_ATTRIBUTES: ReadonlySet<string> = new Set([
  "http.route",
  "http.method",
  "http.status_code",
  "http.statusCode",
])

/** Hands spans on without what could be about a person: headers, and what stands behind a "?". */
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
  if (span.instrumentationScope.name !== HTTP_SCOPE) {
    return span
  }
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => HTTP_ATTRIBUTES.has(name))
  )
  // A span's data are read through getters of its class, which stay in place below.
  return Object.create(span, {
    name: { value: span.name.split("?")[0] },
    attributes: { value: attributes },
  }) as Span
}
