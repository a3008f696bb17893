import type { SpanExporter } from "@medusajs/framework/opentelemetry/sdk-trace-node"
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http"
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto"
import type { TraceProtocol } from "./settings"
import { WithoutPersonalData } from "./without-personal-data"

const EXPORTERS = { "http/protobuf": ProtobufExporter, "http/json": JsonExporter }

/** Sends spans to where the standard's variables (OTEL_EXPORTER_OTLP_…) say, without what is personal. */
export const createTraceExporter = (protocol: TraceProtocol): SpanExporter =>
  new WithoutPersonalData(new EXPORTERS[protocol]())
