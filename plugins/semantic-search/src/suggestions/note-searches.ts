import type { MedusaStoreRequest } from "@medusajs/framework/http"
import type { ISearchModuleService, SearchTypes } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { pgvectorRuntime } from "../providers/pgvector/runtime"

interface StoreQuery {
  entity?: unknown
  filters?: { q?: unknown }
  pagination?: { skip?: unknown }
  search_options?: { match_strategy?: unknown }
}

/**
 * Counts the texts that a request to `POST /store/search` found something for, so that they can be
 * suggested to others once many search for them. Later pages are no new search, and neither is a text
 * that is still being typed (`match_strategy: "last"`).
 *
 * @param request as the client sent it
 * @param results what it was answered, in the order of its queries
 */
export function noteSearches(
  request: MedusaStoreRequest,
  results: Pick<SearchTypes.SearchResult, "hits">[]
): void {
  const phrases = pgvectorRuntime()?.phrases
  if (!phrases) {
    return
  }
  const body = request.body as StoreQuery & { queries?: StoreQuery[] }
  const queries = body.queries ?? [body]
  const channels = request.publishable_key_context.sales_channel_ids
  const searchModule = request.scope.resolve<ISearchModuleService>(Modules.SEARCH)
  queries.forEach(({ entity, filters, pagination, search_options }, i) => {
    const text = filters?.q
    const isNew = !pagination?.skip && search_options?.match_strategy !== "last"
    if (
      typeof entity === "string" &&
      typeof text === "string" &&
      isNew &&
      results[i]?.hits.length
    ) {
      const { physical_name: root } = searchModule.getIndex(entity)
      phrases.searched({ root, text, channels })
    }
  })
}
