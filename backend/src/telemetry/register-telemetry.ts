import { registerOtel } from "@medusajs/medusa"
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus"
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto"
import { readTelemetrySettings } from "./settings"
import { WithoutPersonalData } from "./without-personal-data"

const SERVICE_NAME = "libro-mind-backend"

/**
 * Registers OpenTelemetry, as far as the environment asks for it: metrics for Prometheus on a port of
 * their own, spans to a collector. Asked for neither, it registers nothing, and what is instrumented
 * costs nothing.
 *
 * Medusa's own instrumentation of the database stays off: it writes statements with their values into
 * spans, since the framework's statements hold them. The search's statements are traced by the plugin.
 */
export function registerTelemetry(env: NodeJS.ProcessEnv): void {
  const { metrics, traces } = readTelemetrySettings(env)
  if (!metrics && !traces) {
    return
  }
  registerOtel({
    serviceName: env.OTEL_SERVICE_NAME ?? SERVICE_NAME,
    instrument: traces ? { http: true, query: true, workflows: true } : {},
    metricReaders: metrics ? [new PrometheusExporter(metrics)] : [],
    logRecordProcessors: [],
    // In place of Medusa's processor, which sends each span by itself.
    spanProcessor: undefined,
    ...(traces
      ? { traceExporter: new WithoutPersonalData(new OTLPTraceExporter()) }
      : { spanProcessors: [] }),
  })
}
