import type {
  ConfiguredStoreSearch,
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { type StoreSuggestions, suggestFor } from "../../../../suggestions/suggest"
import type { StoreSearchSuggestionsQuery } from "./validators"

/** Completes what a shopper types, misspelt or not, and shows products for it. */
export async function GET(
  request: MedusaStoreRequest & ConfiguredStoreSearch,
  response: MedusaResponse<StoreSuggestions>
): Promise<void> {
  const query = request.validatedQuery as StoreSearchSuggestionsQuery
  response.json(await suggestFor(request, query))
}
