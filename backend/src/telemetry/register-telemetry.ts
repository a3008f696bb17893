import { registerOtel } from "@medusajs/medusa"
import { HostMetrics } from "@opentelemetry/host-metrics"
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus"
import { instrumentations } from "./instrumentations"
import { readTelemetrySettings } from "./settings"
import { createTraceExporter } from "./trace-exporter"

const SERVICE_NAME = "libro-mind-backend"

/** Of this process: those of the machine are the machine's own to tell. */
const PROCESS_METRICS = ["process.cpu", "process.memory"] as const

/**
 * Registers OpenTelemetry, as far as the environment asks for it: metrics for Prometheus on a port of
 * their own, spans to a collector. Asked for neither, it registers nothing, and what is instrumented
 * costs nothing.
 *
 * Of Medusa's own instrumentation two parts stay off. That of HTTP begins a trace of its own at each
 * request, whatever trace the caller is in, and writes every header down; OpenTelemetry's does neither.
 * That of the database writes statements with their values into spans, since the framework's statements
 * hold them; the search's statements are traced by the plugin.
 */
export function registerTelemetry(env: NodeJS.ProcessEnv): void {
  const { metrics, traces } = readTelemetrySettings(env)
  if (!metrics && !traces) {
    return
  }
  // Today's names of HTTP's attributes and metrics, which the instrumentation still has to be asked for.
  env.OTEL_SEMCONV_STABILITY_OPT_IN ??= "http"
  registerOtel({
    serviceName: env.OTEL_SERVICE_NAME ?? SERVICE_NAME,
    instrument: traces ? { query: true, workflows: true } : {},
    instrumentations: instrumentations(),
    metricReaders: metrics ? [new PrometheusExporter(metrics)] : [],
    logRecordProcessors: [],
    // In place of Medusa's processor, which sends each span by itself.
    spanProcessor: undefined,
    ...(traces ? { traceExporter: createTraceExporter(traces) } : { spanProcessors: [] }),
  })
  if (metrics) {
    new HostMetrics({ metricGroups: [...PROCESS_METRICS] }).start()
  }
}
