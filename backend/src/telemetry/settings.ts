import { MedusaError } from "@medusajs/framework/utils"

/** How spans are written on the wire: the two forms of OTLP over HTTP. */
export type TraceProtocol = "http/protobuf" | "http/json"

/** What of OpenTelemetry is on. */
export interface TelemetrySettings {
  /** Where Prometheus finds the metrics, below /metrics. */
  metrics?: { host: string; port: number }
  /** How spans are sent, if they are; where to is OTEL_EXPORTER_OTLP_ENDPOINT's to say. */
  traces?: TraceProtocol
}

/** Metrics tell how a shop does, so nobody but the machine itself reads them unless the shop says so. */
const DEFAULT_HOST = "127.0.0.1"

const MAX_PORT = 65_535

/**
 * Reads METRICS_PORT (off when unset), METRICS_HOST and the standard's OTEL_EXPORTER_OTLP_ENDPOINT or
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, and OTEL_EXPORTER_OTLP_PROTOCOL or OTEL_EXPORTER_OTLP_TRACES_PROTOCOL
 * (http/protobuf when unset).
 *
 * @throws MedusaError when METRICS_PORT is no port, or the protocol none that is spoken here
 */
export function readTelemetrySettings(env: NodeJS.ProcessEnv): TelemetrySettings {
  const metrics = readMetrics(env)
  const traces = readTraces(env)
  return { ...(metrics && { metrics }), ...(traces && { traces }) }
}

function readMetrics(env: NodeJS.ProcessEnv): TelemetrySettings["metrics"] {
  if (!env.METRICS_PORT) {
    return undefined
  }
  const port = Number(env.METRICS_PORT)
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `METRICS_PORT is "${env.METRICS_PORT}", which is no port: give a number from 1 to ${MAX_PORT}, such as 9464, or leave it unset to expose no metrics.`
    )
  }
  return { host: env.METRICS_HOST || DEFAULT_HOST, port }
}

function readTraces(env: NodeJS.ProcessEnv): TraceProtocol | undefined {
  if (!env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT && !env.OTEL_EXPORTER_OTLP_ENDPOINT) {
    return undefined
  }
  const protocol =
    env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || "http/protobuf"
  if (protocol !== "http/protobuf" && protocol !== "http/json") {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}", which is not spoken here: give "http/protobuf" or "http/json", with the port that the collector has for HTTP (4318 by default).`
    )
  }
  return protocol
}
