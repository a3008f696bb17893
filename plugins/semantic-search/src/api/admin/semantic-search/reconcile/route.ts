import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { beginReconciliation } from "../../../../maintenance"
import type { AdminReconcileBody } from "./validators"

/** How a request was taken; the status route shows how far the run is. */
type Answer = { outcome: "started" | "busy" | "not serving" }

/**
 * Begins to compare an index with the store and to repair what differs. Answers 202 at once: "started",
 * "busy" where a run is going on already, or "not serving" where the index has no version that serves.
 */
export async function POST(
  request: AuthenticatedMedusaRequest<AdminReconcileBody>,
  response: MedusaResponse<Answer>
): Promise<void> {
  const run = await beginReconciliation(request.scope, { index: request.validatedBody.index })
  if (typeof run !== "string") {
    run().catch((error: Error) =>
      request.scope
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .error(`[semantic-search] Reconciling stopped: ${error.message}`)
    )
  }
  response.status(202).json({ outcome: typeof run === "string" ? run : "started" })
}
