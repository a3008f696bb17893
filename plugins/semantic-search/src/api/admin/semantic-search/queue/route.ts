import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { SEMANTIC_SEARCH_MODULE } from "../../../../modules/semantic-search"
import type SemanticSearchModuleService from "../../../../modules/semantic-search/service"
import type { QueuePage } from "../../../../providers/pgvector/embedding-queue/queue-contents"
import type { AdminQueueParamsInput } from "../validators"

export type QueueAnswer = QueuePage & { limit: number; offset: number }

/** The texts that were set aside with their errors, that wait, or that were given up. */
export async function GET(
  request: AuthenticatedMedusaRequest<unknown, AdminQueueParamsInput>,
  response: MedusaResponse<QueueAnswer>
): Promise<void> {
  const service = request.scope.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const { state, limit, offset } = request.validatedQuery as AdminQueueParamsInput
  const page = await service.listQueue({ state, limit, offset })
  response.json({ ...page, limit, offset })
}
