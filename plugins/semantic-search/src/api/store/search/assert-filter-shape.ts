import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { MAX_DEPTH } from "../../../providers/pgvector/query/filters"

/** Levels of objects and lists: each group has one of either, and the innermost filter its operators. */
const MAX_LEVELS = 2 * MAX_DEPTH + 2

/**
 * Answers 400 to filters whose groups have the wrong shape, or stand in each other without end. Medusa's
 * validator lets the former through and runs out of stack on the latter, and the Search Module then fails,
 * before any provider could say what is wrong.
 */
export function assertFilterShape(
  request: MedusaRequest,
  _response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const body = request.body as { queries?: unknown; filters?: unknown } | undefined
  const queries = Array.isArray(body?.queries) ? body.queries : [body]
  for (const query of queries) {
    const filters = (query as { filters?: unknown } | null | undefined)?.filters
    if (isDeeperThan(MAX_LEVELS, filters)) {
      throw invalid(`The filters are nested more than ${MAX_DEPTH} groups deep`)
    }
    assertGroups(filters)
  }
  next()
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false
  }
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part))
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
