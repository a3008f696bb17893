import type { AuthenticatedMedusaRequest, MiddlewareRoute } from "@medusajs/framework/http"
import { PRICE_LISTS_CHANGED, PRODUCTS_CHANGED } from "../../../indexes/product-events"
import { announce } from "./announce"

/** The routes of Medusa's admin that change products and emit nothing. */
export const silentChangeMiddlewares: MiddlewareRoute[] = [
  {
    methods: ["POST"],
    matcher: "/admin/product-categories/:id/products",
    middlewares: [announce(PRODUCTS_CHANGED, linkedIds)],
  },
  {
    // Its dates, status, type and rules.
    methods: ["POST"],
    matcher: "/admin/price-lists/:id",
    middlewares: [announce(PRICE_LISTS_CHANGED, ({ params }) => [params.id])],
  },
]

/** What a body of the form `{ add, remove }` names. */
function linkedIds({ body }: AuthenticatedMedusaRequest): string[] {
  const { add, remove } = (body ?? {}) as { add?: unknown; remove?: unknown }
  return [add, remove].flat().filter((id): id is string => typeof id === "string")
}
