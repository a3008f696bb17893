import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** A database that takes longer for nothing serves no shopper. */
const DATABASE_MS = 2_000

/**
 * `GET /ready`: whether this process can serve a shopper, 200 or 503. Only the database counts: the
 * process wouldn't listen without its migrations, and without a model it searches by keyword.
 */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const connection = request.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  response.set("Cache-Control", "no-store")
  try {
    await connection.raw("SELECT 1").timeout(DATABASE_MS)
    response.status(200).json({ database: "ok" })
  } catch {
    response.status(503).json({ database: "unreachable" })
  }
}
