import type { Metadata } from "next"
import { SearchExperience } from "@/components/search/search-experience"
import { listShelves } from "@/lib/catalogue/shelves"
import { currentRegion } from "@/lib/region/regions"
import { firstResults } from "@/lib/search/first-results"
import { canonicalSearch, readSearchState } from "@/lib/search/url-state"

type SearchParams = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata({
  searchParams,
}: {
  searchParams: SearchParams
}): Promise<Metadata> {
  const query = toParams(await searchParams).get("q")
  return { title: query ? `“${query}”` : "All books", robots: { index: false } }
}

export default async function Search({ searchParams }: { searchParams: SearchParams }) {
  const params = toParams(await searchParams)
  const [{ currency }, shelves] = await Promise.all([currentRegion(), listShelves()])
  const results = await firstResults(readSearchState(params, currency), currency).catch(
    () => undefined
  )
  return (
    <SearchExperience
      key={currency}
      currency={currency}
      address={canonicalSearch(params, currency)}
      results={results}
      shelves={shelves}
    />
  )
}

function toParams(values: Awaited<SearchParams>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      [value ?? []].flat().map((single) => [name, single])
    )
  )
}
