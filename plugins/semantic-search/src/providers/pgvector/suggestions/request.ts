import type { SearchTypes } from "@medusajs/framework/types"
import type { Extensions } from "../storage/extensions"
import type { PhysicalIndex } from "../storage/index-catalogue"

export interface SuggestionRequest {
  index: PhysicalIndex
  extensions: Extensions
  /** What was typed; empty: what is popular. */
  text: string
  filters: SearchTypes.SearchFilters | undefined
  /** The sales channels that count; one of them empty: the documents know none. */
  channels: string[]
  /** Whether the filters keep back more than drafts and other channels' documents. */
  narrowed: boolean
  /** How many suggestions. */
  limit: number
  /** How many documents, of those that the suggestions lead to. */
  documents: number
  attributes: string[]
}
