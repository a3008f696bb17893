import { allowFields, defineMiddlewares, validateAndTransformBody } from "@medusajs/framework/http"
import { logRequest } from "../logging/log-request"
import { tellRoute } from "../telemetry/tell-route"
import { productBookBody } from "./admin/products/[id]/book/validators"

export default defineMiddlewares({
  routes: [
    { matcher: "/*", middlewares: [tellRoute, logRequest] },
    {
      matcher: "/admin/products/:id/book",
      method: "POST",
      middlewares: [validateAndTransformBody(productBookBody)],
    },
    {
      // Medusa leaves out, in silence, what a store's route isn't told to give.
      matcher: "/store/products*",
      method: "GET",
      middlewares: [allowFields("book", "book.authors", "book.series")],
    },
  ],
})
