import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/**
 * Answers 400 to filters whose groups have the wrong shape. Medusa's validator lets them through, and
 * the Search Module then fails on them, before any provider could say what is wrong.
 */
export function assertFilterShape(
  request: MedusaRequest,
  _response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const body = request.body as { queries?: unknown; filters?: unknown } | undefined
  const queries = Array.isArray(body?.queries) ? body.queries : [body]
  for (const query of queries) {
    assertGroups((query as { filters?: unknown } | undefined)?.filters)
  }
  next()
}

function assertGroups(filters: unknown): void {
  if (!isRecord(filters)) {
    return
  }
  for (const group of ["$and", "$or"]) {
    const branches = filters[group]
    if (branches === undefined) {
      continue
    }
    if (!Array.isArray(branches) || !branches.every(isRecord)) {
      throw invalid(`"${group}" in filters takes a list of filters`)
    }
    branches.forEach(assertGroups)
  }
  if (filters.$not !== undefined) {
    if (!isRecord(filters.$not)) {
      throw invalid(`"$not" in filters takes filters by field, such as { "status": "draft" }`)
    }
    assertGroups(filters.$not)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message)
}
