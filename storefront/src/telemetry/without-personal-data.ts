import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-node"

/** What a span may tell. Others hold addresses with ids and with what was typed, browsers, hosts. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  "error.type",
  "http.method",
  "http.request.method",
  "http.response.status_code",
  "http.route",
  "http.status_code",
  "next.route",
  "next.rsc",
  "next.span_type",
  "server.address",
  "server.port",
])

/** Hands spans on without what could be about a person: addresses, and the words of errors. */
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

function withoutPersonalData(span: ReadableSpan): ReadableSpan {
  const told = Object.entries(span.attributes).filter(([name]) => ATTRIBUTES.has(name))
  // A span's data are read through getters of its class, which stay in place below.
  return Object.create(span, {
    name: { value: span.name.split("?")[0] },
    attributes: { value: Object.fromEntries(told) },
    status: { value: { code: span.status.code } },
    // Events are exceptions, with message and stack.
    events: { value: [] },
  }) as ReadableSpan
}
