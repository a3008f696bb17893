import { context, isSpanContextValid, trace } from "@medusajs/framework/opentelemetry/api"
import { format } from "winston"

/** Adds the trace and the span within which a line was written, so that one leads to the other. */
export const withTrace = format((line) => {
  const span = trace.getSpanContext(context.active())
  return span && isSpanContextValid(span)
    ? Object.assign(line, { trace_id: span.traceId, span_id: span.spanId })
    : line
})
