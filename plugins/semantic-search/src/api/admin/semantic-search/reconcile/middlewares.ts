import { type MiddlewareRoute, validateAndTransformBody } from "@medusajs/framework/http"
import { AdminReconcile } from "./validators"

export const adminReconcileMiddlewares: MiddlewareRoute[] = [
  {
    methods: ["POST"],
    matcher: "/admin/semantic-search/reconcile",
    middlewares: [validateAndTransformBody(AdminReconcile)],
  },
]
