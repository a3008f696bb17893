import {
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TimeInput,
  trace,
} from "@opentelemetry/api"
import { ATTR_ERROR_TYPE } from "./names"
import { SCOPE } from "./scope"

/** Does nothing, at next to no cost, where the store registers no OpenTelemetry SDK. */
const tracer = trace.getTracer(SCOPE)

/**
 * Runs something inside a span, which becomes the parent of what runs in it.
 *
 * A failure is told by its type alone: messages of Postgres and of models may hold what a shopper typed.
 */
export async function inSpan<T>(
  name: string,
  attributes: Attributes,
  run: (span: Span) => Promise<T>,
  kind: SpanKind = SpanKind.INTERNAL
): Promise<T> {
  return await tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await run(span)
    } catch (error) {
      span.setAttribute(ATTR_ERROR_TYPE, errorType(error))
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

/** Writes down, after the event, what began at `startTime` and has just ended. */
export function recordSpan(name: string, startTime: TimeInput, attributes: Attributes): void {
  tracer.startSpan(name, { startTime, attributes }).end()
}

/** Whether there is a span that a new one would belong to. */
export function isTraced(): boolean {
  return trace.getActiveSpan()?.isRecording() ?? false
}

/** An error's SQLSTATE, Medusa's type, or class; never its message. */
export function errorType(error: unknown): string {
  const { code, type, name } = (error ?? {}) as Record<string, unknown>
  const known = [code, type, name].find((value) => typeof value === "string" && value !== "Error")
  return (known as string | undefined) ?? "_OTHER"
}
