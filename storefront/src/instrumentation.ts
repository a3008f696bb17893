import type { Instrumentation } from "next"

/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { registerTelemetry } = await import("./telemetry/register-telemetry")
    registerTelemetry(process.env)
    const { appendPeers } = await import("./lib/forwarding/append-peer")
    appendPeers()
  }
}

/** Next calls this for an error that a shopper sees as a page that failed. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { logRequestError } = await import("./telemetry/log-request-error")
    logRequestError(error, { method: request.method, route: context.routePath })
  }
}
