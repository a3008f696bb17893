import { context, isSpanContextValid, trace } from "@opentelemetry/api"

/** What a request was, without whose: its route's pattern, such as "/books/[handle]". */
export interface FailedRequest {
  method: string
  route: string
}

/**
 * Writes one line of JSON for a request that failed: with the trace that it belongs to, and the number that
 * the shopper sees on the page. What the error says stays out of it, since it may quote him; Next logs its
 * stack beside this line.
 */
export function logRequestError(error: unknown, { method, route }: FailedRequest): void {
  const span = trace.getSpanContext(context.active())
  const { name = "Error", digest } = error as { name?: string; digest?: string }
  console.error(
    JSON.stringify({
      level: "error",
      message: "request failed",
      timestamp: new Date().toISOString(),
      method,
      route,
      error: name,
      digest,
      ...(span && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {}),
    })
  )
}
