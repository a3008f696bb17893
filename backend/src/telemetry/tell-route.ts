import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { context } from "@medusajs/framework/opentelemetry/api"
import { getRPCMetadata } from "@opentelemetry/core"

/**
 * Tells the request's span and its metrics which route answered. OpenTelemetry's instrumentation of Express
 * would, but misses the routes of routers within routers, of which Medusa is made.
 */
export function tellRoute(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const metadata = getRPCMetadata(context.active())
  if (metadata) {
    // Before "close", at which the span ends.
    response.once("finish", () => (metadata.route = request.route?.path))
  }
  next()
}
