"use client"

import type { InitialResults, UiState } from "instantsearch.js"
import { useSearchParams } from "next/navigation"
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from "react"
import { Configure, InstantSearch, InstantSearchSSRProvider } from "react-instantsearch"
import type { Shelf } from "@/lib/catalogue/shelves"
import { HITS_PER_PAGE, INDEX } from "@/lib/search/facets"
import { browserRequester, createSearchClient } from "@/lib/search/search-client"
import { UrlRouter } from "@/lib/search/url-router"
import { canonicalSearch, type SearchState } from "@/lib/search/url-state"
import { SearchPage } from "./search-page"

interface SearchExperienceProps {
  currency: string
  /** The address that the server searched for. */
  address: string
  /** What it found; undefined when its search failed, then the browser tries. */
  results: InitialResults | undefined
  shelves: Shelf[]
}

/**
 * The search: InstantSearch, in step with the address, beginning with what the server found.
 *
 * A shopper who comes back from a book gets the page that the server drew for the first search, while
 * the address may name a later one. Then the server's results are laid aside.
 */
export function SearchExperience({ currency, address, results, shelves }: SearchExperienceProps) {
  const params = useSearchParams()
  const [router] = useState(() => new UrlRouter(params.toString(), currency))
  const [initialResults] = useState(() =>
    canonicalSearch(new URLSearchParams(params), currency) ===
    canonicalSearch(new URLSearchParams(address), currency)
      ? results
      : undefined
  )
  const searchClient = useMemo(() => createSearchClient(browserRequester, currency), [currency])
  const routing = useMemo(() => ({ router, stateMapping }), [router])

  useLayoutEffect(() => router.attach(), [router])
  useEffect(() => router.follow(params.toString()), [params, router])

  return (
    <FirstResults results={initialResults}>
      <InstantSearch
        indexName={INDEX}
        searchClient={searchClient}
        routing={routing}
        future={{ preserveSharedStateOnUnmount: true }}
      >
        <Configure hitsPerPage={HITS_PER_PAGE} />
        <SearchPage currency={currency} shelves={shelves} />
      </InstantSearch>
    </FirstResults>
  )
}

const stateMapping = {
  stateToRoute: (state: UiState): SearchState => state[INDEX] ?? {},
  routeToState: (route: SearchState): UiState => ({ [INDEX]: route }),
}

function FirstResults(props: { results: InitialResults | undefined; children: ReactNode }) {
  const { results, children } = props
  return results ? (
    <InstantSearchSSRProvider initialResults={results}>{children}</InstantSearchSSRProvider>
  ) : (
    children
  )
}
