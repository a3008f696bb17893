import { FACETS, INDEX, indexNameOf, priceAttribute, sortOrders, STOCK_ATTRIBUTE } from "./facets"

/** What InstantSearch keeps of a search on one index, as far as this shop uses it. */
export interface SearchState {
  query?: string
  /** Counted from 1, as people do. */
  page?: number
  refinementList?: Record<string, string[]>
  /** "5:20", "5:" or ":20". */
  range?: Record<string, string>
  toggle?: Record<string, boolean>
  sortBy?: string
}

/** Longer than any question; a longer one would only be refused by the backend. */
const MAX_QUERY_LENGTH = 500

/** Nobody types them; the backend refuses them. */
const CONTROL_CHARACTERS = /\p{Cc}+/gu

/** Beyond this there are no results, only somebody who tries numbers. */
const MAX_PAGE = 1000

const MAX_CHOICES_PER_FACET = 20

/**
 * Reads a search out of an address. Whatever isn't understood is left out: an address may be old,
 * shortened or typed by hand.
 *
 * @param currency in lower case; prices in the address are in it
 */
export function readSearchState(params: URLSearchParams, currency: string): SearchState {
  const state: SearchState = {}
  const query = params.get("q")?.replace(CONTROL_CHARACTERS, " ").trim().slice(0, MAX_QUERY_LENGTH)
  if (query) {
    state.query = query
  }
  const refinementList: Record<string, string[]> = {}
  for (const { attribute, param } of FACETS) {
    const values = [...new Set(params.getAll(param).filter(Boolean))]
    if (values.length) {
      refinementList[attribute] = values.slice(0, MAX_CHOICES_PER_FACET)
    }
  }
  if (Object.keys(refinementList).length) {
    state.refinementList = refinementList
  }
  const price = readRange(params.get("price"))
  if (price) {
    state.range = { [priceAttribute(currency)]: price }
  }
  if (params.get("stock") === "1") {
    state.toggle = { [STOCK_ATTRIBUTE]: true }
  }
  const sort = sortOrders(currency).find(({ param }) => param && param === params.get("sort"))
  if (sort) {
    state.sortBy = indexNameOf(sort.order)
  }
  const page = Number(params.get("page"))
  if (Number.isInteger(page) && page > 1 && page <= MAX_PAGE) {
    state.page = page
  }
  return state
}

/** Writes a search as an address's parameters, always in the same order. The opposite of reading. */
export function writeSearchState(state: SearchState, currency: string): URLSearchParams {
  const params = new URLSearchParams()
  if (state.query) {
    params.set("q", state.query)
  }
  for (const { attribute, param } of FACETS) {
    for (const value of state.refinementList?.[attribute] ?? []) {
      params.append(param, value)
    }
  }
  const range = state.range?.[priceAttribute(currency)]
  if (range && range !== ":") {
    params.set("price", range.replace(":", "-"))
  }
  if (state.toggle?.[STOCK_ATTRIBUTE]) {
    params.set("stock", "1")
  }
  const sort = sortOrders(currency).find(({ order }) => indexNameOf(order) === state.sortBy)
  if (sort?.param) {
    params.set("sort", sort.param)
  }
  if (state.page && state.page > 1) {
    params.set("page", String(state.page))
  }
  return params
}

/** The address of a search. */
export function searchHref(state: SearchState, currency = "eur"): string {
  const params = writeSearchState(state, currency).toString()
  return params ? `/search?${params}` : "/search"
}

/** The address of everything that has one value in one facet, such as one author. */
export function facetHref(param: string, value: string): string {
  return `/search?${new URLSearchParams({ [param]: value })}`
}

/** Two addresses that mean the same search have the same canonical text. */
export function canonicalSearch(params: URLSearchParams, currency: string): string {
  return writeSearchState(readSearchState(params, currency), currency).toString()
}

export const toUiState = (state: SearchState) => ({ [INDEX]: state })

/** "5-20" → "5:20"; one side may be open. Undefined for anything else, and for a range turned round. */
function readRange(text: string | null): string | undefined {
  const match = /^(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?$/.exec(text ?? "")
  if (!match || (!match[1] && !match[2])) {
    return undefined
  }
  const [, from = "", to = ""] = match
  return from && to && Number(from) > Number(to) ? undefined : `${from}:${to}`
}
