import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { diagnose, type Diagnosis } from "../../../../doctor/diagnose"

/** How semantic search stands, and what to do about what is wrong. */
export async function GET(
  request: AuthenticatedMedusaRequest,
  response: MedusaResponse<Diagnosis>
): Promise<void> {
  response.json(await diagnose(request.scope))
}
