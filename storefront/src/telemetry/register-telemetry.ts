import { metrics as metricsApi } from "@opentelemetry/api"
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus"
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http"
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto"
import { HostMetrics } from "@opentelemetry/host-metrics"
import { registerInstrumentations } from "@opentelemetry/instrumentation"
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node"
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici"
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources"
import { MeterProvider } from "@opentelemetry/sdk-metrics"
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-node"
import { RecordingSampler } from "./recording-sampler"
import { RequestMetrics } from "./request-metrics"
import { readTelemetrySettings } from "./settings"
import { WithoutPersonalData } from "./without-personal-data"

const EXPORTERS = { "http/protobuf": ProtobufExporter, "http/json": JsonExporter }

/**
 * Registers OpenTelemetry, as far as the environment asks for it: Next's own spans and those of `fetch`,
 * which hands the trace on to the backend, to a collector; metrics of requests, `fetch` and Node for
 * Prometheus on a port of their own. Asked for neither, it registers nothing.
 */
export function registerTelemetry(env: NodeJS.ProcessEnv): void {
  const { serviceName, metrics, traces } = readTelemetrySettings(env)
  if (!metrics && !traces) {
    return
  }
  // Next's span of a fetch has its whole address for a name; undici's has not, and hands the trace on.
  env.NEXT_OTEL_FETCH_DISABLED ??= "1"
  const resource = defaultResource().merge(resourceFromAttributes({ "service.name": serviceName }))

  if (metrics) {
    const reader = new PrometheusExporter(metrics)
    metricsApi.setGlobalMeterProvider(new MeterProvider({ resource, readers: [reader] }))
    new HostMetrics({ metricGroups: ["process.cpu", "process.memory"] }).start()
  }
  const root = new TraceIdRatioBasedSampler(traces?.ratio ?? 0)
  const provider = new NodeTracerProvider({
    resource,
    sampler: new RecordingSampler(new ParentBasedSampler({ root })),
    spanProcessors: [
      ...(metrics ? [new RequestMetrics()] : []),
      ...(traces
        ? [new BatchSpanProcessor(new WithoutPersonalData(new EXPORTERS[traces.protocol]()))]
        : []),
    ],
  })
  provider.register()
  registerInstrumentations({
    instrumentations: [
      new UndiciInstrumentation({ requireParentforSpans: true }),
      new RuntimeNodeInstrumentation(),
    ],
  })
  // What waits to be sent is, while Next ends what it answers.
  process.once("SIGTERM", () => void provider.forceFlush())
}
