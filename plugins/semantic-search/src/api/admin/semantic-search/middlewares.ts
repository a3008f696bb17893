import {
  type MiddlewareRoute,
  validateAndTransformBody,
  validateAndTransformQuery,
} from "@medusajs/framework/http"
import { AdminDiscard, AdminQueueParams, AdminReplay } from "./validators"

export const adminQueueMiddlewares: MiddlewareRoute[] = [
  {
    methods: ["GET"],
    matcher: "/admin/semantic-search/queue",
    middlewares: [validateAndTransformQuery(AdminQueueParams, {})],
  },
  {
    methods: ["POST"],
    matcher: "/admin/semantic-search/replay",
    middlewares: [validateAndTransformBody(AdminReplay)],
  },
  {
    methods: ["POST"],
    matcher: "/admin/semantic-search/discard",
    middlewares: [validateAndTransformBody(AdminDiscard)],
  },
]
