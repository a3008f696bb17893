import { type Histogram, metrics } from "@opentelemetry/api"
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-node"

/** Next's span of a whole request. */
const REQUEST = "BaseServer.handleRequest"

/** OpenTelemetry's own for HTTP, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const NANOSECONDS = 1e9

/**
 * Times requests by route from Next's spans, since Next has no metrics of its own and nobody else knows its
 * routes. The name is that of OpenTelemetry's conventions: `http.server.request.duration`.
 */
export class RequestMetrics implements SpanProcessor {
  private duration_: Histogram | undefined

  onStart(): void {}

  onEnd({ attributes, duration: [seconds, nanoseconds] }: ReadableSpan): void {
    if (attributes["next.span_type"] !== REQUEST) {
      return
    }
    this.duration_ ??= metrics
      .getMeter("libro-mind-storefront")
      .createHistogram("http.server.request.duration", {
        description: "Duration of HTTP server requests.",
        unit: "s",
        advice: { explicitBucketBoundaries: BOUNDS },
      })
    const status = Number(attributes["http.status_code"])
    this.duration_.record(seconds + nanoseconds / NANOSECONDS, {
      "http.request.method": String(attributes["http.method"]),
      "http.response.status_code": status,
      ...(attributes["next.route"] ? { "http.route": String(attributes["next.route"]) } : {}),
      ...(status >= 500 ? { "error.type": String(status) } : {}),
    })
  }

  async shutdown(): Promise<void> {}

  async forceFlush(): Promise<void> {}
}
