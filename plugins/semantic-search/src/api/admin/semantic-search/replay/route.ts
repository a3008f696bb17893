import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SEMANTIC_SEARCH_MODULE } from "../../../../modules/semantic-search"
import type SemanticSearchModuleService from "../../../../modules/semantic-search/service"
import type { AdminReplayBody } from "../validators"

/** Queues anew texts that were set aside after too many failures: all of them, or those named. */
export async function POST(
  request: AuthenticatedMedusaRequest<AdminReplayBody>,
  response: MedusaResponse<{ replayed: number }>
): Promise<void> {
  const service = request.scope.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  response.json({ replayed: await service.replayFailed(request.validatedBody.ids) })
}
