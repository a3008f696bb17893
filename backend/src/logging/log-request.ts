import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { JsonLogger } from "./json-logger"

/** Asked every few seconds by whoever keeps the process running. */
const PROBES: ReadonlySet<string> = new Set(["/health", "/ready"])

/** Writes a line for each request, once it is answered, where the log is the JSON of production. */
export function logRequest(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const logger: unknown = request.scope.resolve(ContainerRegistrationKeys.LOGGER)
  if (logger instanceof JsonLogger && !PROBES.has(request.originalUrl)) {
    const started = performance.now()
    response.once("close", () =>
      logger.request({
        method: request.method,
        route: request.route?.path,
        status: response.statusCode,
        duration_ms: Math.round(performance.now() - started),
      })
    )
  }
  next()
}
