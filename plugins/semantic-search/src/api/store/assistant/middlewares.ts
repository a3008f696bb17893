import {
  authenticate,
  type MiddlewareRoute,
  validateAndTransformBody,
} from "@medusajs/framework/http"
import { StoreAssistant } from "./validators"

/** `useChat` sends the whole conversation, with the products that were shown in it. */
const MAX_BODY = "1mb"

export const storeAssistantMiddlewares: MiddlewareRoute[] = [
  {
    methods: ["POST"],
    matcher: "/store/assistant",
    bodyParser: { sizeLimit: MAX_BODY },
    middlewares: [
      validateAndTransformBody(StoreAssistant),
      // A customer's questions are counted for the customer, wherever they come from.
      authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true }),
    ],
  },
]
