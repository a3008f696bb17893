import { setTimeout as pause } from "node:timers/promises"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** A database that takes longer for nothing serves no shopper, in milliseconds. */
const DATABASE_MS = 2_000

/**
 * The question that waits for its answer. A pool whose server is away tries for a minute to connect, and
 * probes come every few seconds: they wait for the same one.
 */
let asked: Promise<boolean> | undefined

/**
 * `GET /ready`: whether this process can serve a shopper, 200 or 503. Only the database counts: the
 * process wouldn't listen without its migrations, and without a model it searches by keyword.
 */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const connection = request.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  asked ??= Promise.resolve(connection.raw("SELECT 1"))
    .then(
      () => true,
      () => false
    )
    .finally(() => (asked = undefined))
  const answers = await Promise.race([asked, pause(DATABASE_MS, false, { ref: false })])
  response.set("Cache-Control", "no-store")
  response.status(answers ? 200 : 503).json({ database: answers ? "ok" : "unreachable" })
}
