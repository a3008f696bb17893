import { defineMiddlewares, validateAndTransformBody } from "@medusajs/framework/http"
import { bookFacts } from "../catalogue/book-record"

export default defineMiddlewares({
  routes: [
    {
      matcher: "/admin/products/:id/book",
      method: "POST",
      middlewares: [validateAndTransformBody(bookFacts.strict())],
    },
  ],
})
