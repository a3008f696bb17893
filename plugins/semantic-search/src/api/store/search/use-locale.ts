import type {
  MedusaNextFunction,
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import type { ISearchModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { PgvectorSearchService } from "../../../providers/pgvector/service"
import { findLanguage } from "../../../providers/pgvector/text/languages"

/** A body of `POST /store/search`, as far as it matters here. */
interface Query {
  entity?: unknown
  search_options?: { locales?: unknown }
}

/**
 * Has a query's words stemmed by the request's locale (`?locale=de-DE`, or the header
 * `x-medusa-locale`) where the body says nothing of `search_options.locales`. A locale whose language
 * can't be stemmed changes nothing: a storefront sends it with every request. Nor is it
 * added to a search of another provider's index, which may refuse it.
 */
export function useLocale(
  request: MedusaStoreRequest,
  _response: MedusaResponse,
  next: MedusaNextFunction
): void {
  const { locale, scope } = request
  if (locale && findLanguage(locale)) {
    // Before Medusa has validated the body there is none but the raw one.
    const search = scope.resolve<ISearchModuleService>(Modules.SEARCH, { allowUnregistered: true })
    for (const query of queriesOf(request.validatedBody ?? request.body)) {
      if (search && isStemmed(search, query.entity)) {
        query.search_options = { locales: [locale], ...query.search_options }
      }
    }
  }
  next()
}

function isStemmed(search: ISearchModuleService, index: unknown): boolean {
  try {
    return search.getIndex(index as string).provider === PgvectorSearchService.identifier
  } catch {
    // No such index: the route says so.
    return false
  }
}

function queriesOf(body: unknown): Query[] {
  const queries = (body as { queries?: unknown } | undefined)?.queries
  const candidates: unknown[] = Array.isArray(queries) ? queries : [body]
  return candidates.filter(takesOptions)
}

/** Whether options can be added; what is of another shape is for Medusa's validator to refuse. */
function takesOptions(query: unknown): query is Query {
  return isRecord(query) && (query.search_options === undefined || isRecord(query.search_options))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
