import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

type Middleware = (
  request: AuthenticatedMedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
) => void

/**
 * A middleware that emits an event when its route has answered with success: for routes of Medusa's that
 * change products without an event.
 *
 * @param event the event's name
 * @param idsOf reads from the request what the event is to name; none, no event
 */
export function announce(
  event: string,
  idsOf: (request: AuthenticatedMedusaRequest) => string[]
): Middleware {
  return (request, response, next) => {
    const { scope } = request
    response.on("finish", () => {
      const ids = response.statusCode < 400 ? idsOf(request) : []
      if (!ids.length) {
        return
      }
      scope
        .resolve(Modules.EVENT_BUS)
        .emit({ name: event, data: { id: ids } })
        .catch((error: Error) =>
          scope
            .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
            .error(`[semantic-search] "${event}" can't be emitted: ${error.message}`)
        )
    })
    next()
  }
}
