import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { isProbe } from "../telemetry/is-probe"
import { JsonLogger } from "./json-logger"

/** Writes a line for each request, once it is answered, where the log is the JSON of production. */
export function logRequest(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const logger: unknown = request.scope.resolve(ContainerRegistrationKeys.LOGGER)
  if (logger instanceof JsonLogger && !isProbe(request.originalUrl)) {
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
