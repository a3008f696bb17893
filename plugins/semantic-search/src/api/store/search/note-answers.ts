import type {
  MedusaNextFunction,
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import type { SearchTypes } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { noteSearches } from "../../../suggestions/note-searches"

/** Looks at the answers of Medusa's own route as they go out. Whatever goes wrong here, they go out. */
export function noteAnswers(
  request: MedusaStoreRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const send = response.json.bind(response)
  response.json = (body) => {
    const { results } = (body ?? {}) as { results?: SearchTypes.SearchResult[] }
    if (results) {
      try {
        noteSearches(request, results)
      } catch (error) {
        const logger = request.scope.resolve(ContainerRegistrationKeys.LOGGER)
        logger.warn(
          `[semantic-search] A search can't be counted for suggestions: ${(error as Error).message}`
        )
      }
    }
    return send(body)
  }
  next()
}
