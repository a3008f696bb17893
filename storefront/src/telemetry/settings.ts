/** How spans are written on the wire: the two forms of OTLP over HTTP. */
export type TraceProtocol = "http/protobuf" | "http/json"

/** What of OpenTelemetry is on. */
export interface TelemetrySettings {
  serviceName: string
  /** Where Prometheus finds the metrics, below /metrics. */
  metrics?: { host: string; port: number }
  /** How spans are sent, if they are, and which part of the traces that begin here, from 0 to 1. */
  traces?: { protocol: TraceProtocol; ratio: number }
}

const SERVICE_NAME = "libro-mind-storefront"

/** Metrics tell how a shop does, so nobody but the machine itself reads them unless the shop says so. */
const DEFAULT_HOST = "127.0.0.1"

const MAX_PORT = 65_535

/**
 * Reads METRICS_PORT (off when unset), METRICS_HOST, and of OpenTelemetry's own variables
 * OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT or …_TRACES_ENDPOINT (off when unset),
 * OTEL_EXPORTER_OTLP_PROTOCOL or …_TRACES_PROTOCOL (http/protobuf), and OTEL_TRACES_SAMPLER_ARG (1). A
 * request that comes with a trace goes by what that says.
 *
 * @throws Error when a variable holds what it can't
 */
export function readTelemetrySettings(env: NodeJS.ProcessEnv): TelemetrySettings {
  return {
    serviceName: env.OTEL_SERVICE_NAME || SERVICE_NAME,
    metrics: readMetrics(env),
    traces: readTraces(env),
  }
}

function readMetrics(env: NodeJS.ProcessEnv): TelemetrySettings["metrics"] {
  if (!env.METRICS_PORT) {
    return undefined
  }
  const port = Number(env.METRICS_PORT)
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    throw new Error(
      `METRICS_PORT is "${env.METRICS_PORT}", which is no port: give a number from 1 to ${MAX_PORT}, such as 9464, or leave it unset to expose no metrics.`
    )
  }
  return { host: env.METRICS_HOST || DEFAULT_HOST, port }
}

function readTraces(env: NodeJS.ProcessEnv): TelemetrySettings["traces"] {
  if (!env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT && !env.OTEL_EXPORTER_OTLP_ENDPOINT) {
    return undefined
  }
  const protocol =
    env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || "http/protobuf"
  if (protocol !== "http/protobuf" && protocol !== "http/json") {
    throw new Error(
      `OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}", which is not spoken here: give "http/protobuf" or "http/json", with the port that the collector has for HTTP (4318 by default).`
    )
  }
  const ratio = Number(env.OTEL_TRACES_SAMPLER_ARG || 1)
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new Error(
      `OTEL_TRACES_SAMPLER_ARG is "${env.OTEL_TRACES_SAMPLER_ARG}", which is no part of the traces: give a number from 0 to 1.`
    )
  }
  return { protocol, ratio }
}
