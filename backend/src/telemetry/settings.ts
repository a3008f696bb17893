import { MedusaError } from "@medusajs/framework/utils"

/** What of OpenTelemetry is on. */
export interface TelemetrySettings {
  /** Where Prometheus finds the metrics, below /metrics. */
  metrics?: { host: string; port: number }
  /** Whether spans are sent; where to is OTEL_EXPORTER_OTLP_ENDPOINT's to say. */
  traces: boolean
}

/** Metrics tell how a shop does, so nobody but the machine itself reads them unless the shop says so. */
const DEFAULT_HOST = "127.0.0.1"

const MAX_PORT = 65_535

/**
 * Reads METRICS_PORT (off when unset), METRICS_HOST and the standard's OTEL_EXPORTER_OTLP_ENDPOINT or
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT.
 *
 * @throws MedusaError when METRICS_PORT is no port
 */
export function readTelemetrySettings(env: NodeJS.ProcessEnv): TelemetrySettings {
  const traces = !!(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT)
  if (!env.METRICS_PORT) {
    return { traces }
  }
  const port = Number(env.METRICS_PORT)
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `METRICS_PORT is "${env.METRICS_PORT}", which is no port: give a number from 1 to ${MAX_PORT}, such as 9464, or leave it unset to expose no metrics.`
    )
  }
  return { metrics: { host: env.METRICS_HOST || DEFAULT_HOST, port }, traces }
}
