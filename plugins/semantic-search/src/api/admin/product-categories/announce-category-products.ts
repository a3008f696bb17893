import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { PRODUCTS_CHANGED } from "../../../indexes"

/**
 * Says which products were put into a category, or taken out of it, by the category's own route: the one
 * change of a product for which Medusa has no event. It says so after the answer, when it is done.
 */
export function announceCategoryProducts(
  request: AuthenticatedMedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const { scope } = request
  response.on("finish", () => {
    const ids = productIds(request.body)
    if (response.statusCode >= 400 || !ids.length) {
      return
    }
    scope
      .resolve(Modules.EVENT_BUS)
      .emit({ name: PRODUCTS_CHANGED, data: { id: ids } })
      .catch((error: Error) =>
        scope
          .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
          .error(`[semantic-search] A category's products can't be announced: ${error.message}`)
      )
  })
  next()
}

/** What the route's body names, `{ add, remove }`. */
function productIds(body: unknown): string[] {
  const { add, remove } = (body ?? {}) as { add?: unknown; remove?: unknown }
  return [add, remove].flat().filter((id): id is string => typeof id === "string")
}
