import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SEMANTIC_SEARCH_MODULE } from "../../../../modules/semantic-search"
import type SemanticSearchModuleService from "../../../../modules/semantic-search/service"
import type { AdminDiscardBody } from "../validators"

/** Gives up texts that were set aside: their documents are found by keyword only until they change. */
export async function POST(
  request: AuthenticatedMedusaRequest<AdminDiscardBody>,
  response: MedusaResponse<{ discarded: number }>
): Promise<void> {
  const service = request.scope.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  response.json({ discarded: await service.discardFailed(request.validatedBody.ids) })
}
