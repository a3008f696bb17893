import {
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
  type MiddlewareRoute,
  zodValidator,
} from "@medusajs/framework"
import { StoreSearchSuggestions } from "./validators"

async function validateSuggestions(
  request: MedusaRequest,
  _response: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  try {
    request.validatedQuery = await zodValidator(StoreSearchSuggestions, request.query)
    next()
  } catch (error) {
    next(error)
  }
}

export const storeSearchSuggestionsMiddlewares: MiddlewareRoute[] = [
  {
    methods: ["GET"],
    matcher: "/store/search/suggestions",
    middlewares: [validateSuggestions],
  },
]
