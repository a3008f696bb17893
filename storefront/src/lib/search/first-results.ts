import "server-only"
import algoliasearchHelper from "algoliasearch-helper"
import type { InitialResults } from "instantsearch.js"
import {
  FACETS,
  HITS_PER_PAGE,
  INDEX,
  MOST_CHOICES,
  priceAttribute,
  STOCK_ATTRIBUTE,
} from "./facets"
import { createSearchClient } from "./search-client"
import { searchStore } from "./search-store"
import type { SearchState } from "./url-state"

/**
 * Searches on the server, as InstantSearch's widgets will in the browser, so that the page arrives with
 * its first results in it and the browser doesn't ask again.
 *
 * The widgets aren't run to find out what they would ask, as InstantSearch's own server rendering does
 * by rendering everything twice: what they ask follows from `FACETS`.
 */
export async function firstResults(state: SearchState, currency: string): Promise<InitialResults> {
  const client = createSearchClient(searchStore, currency)
  const helper = algoliasearchHelper(client, state.sortBy ?? INDEX, {
    query: state.query ?? "",
    page: (state.page ?? 1) - 1,
    hitsPerPage: HITS_PER_PAGE,
    maxValuesPerFacet: MOST_CHOICES,
    disjunctiveFacets: [
      ...FACETS.map(({ attribute }) => attribute),
      priceAttribute(currency),
      STOCK_ATTRIBUTE,
    ],
    disjunctiveFacetsRefinements: {
      ...state.refinementList,
      ...(state.toggle?.[STOCK_ATTRIBUTE] ? { [STOCK_ATTRIBUTE]: ["true"] } : {}),
    },
    numericRefinements: numericRefinements(state.range),
  })
  const { content, state: parameters } = await helper.searchOnce({})
  return { [INDEX]: { state: { ...parameters }, results: content._rawResults } }
}

/** {"prices.eur": "5:20"} → {"prices.eur": {">=": [5], "<=": [20]}} */
function numericRefinements(range: SearchState["range"] = {}) {
  return Object.fromEntries(
    Object.entries(range).map(([attribute, bounds]) => {
      const [from, to] = bounds.split(":")
      return [
        attribute,
        { ...(from ? { ">=": [Number(from)] } : {}), ...(to ? { "<=": [Number(to)] } : {}) },
      ]
    })
  )
}
