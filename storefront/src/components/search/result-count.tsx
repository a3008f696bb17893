import { useEffect, useState } from "react"
import { useInstantSearch } from "react-instantsearch"
import { countBooks } from "@/lib/format/book-facts"
import { answeredByWordsOnly, type ProviderMetadata } from "@/lib/search/meaning"
import { PROVIDER_METADATA } from "@/lib/search/search-client"

/** How long results must stand before they are said aloud, in milliseconds: not at each key. */
const SAY_AFTER_MS = 900

/** How many books there are, and an honest line when their meaning wasn't looked at. */
export function ResultCount() {
  const { results, status } = useInstantSearch()
  const artificial = "__isArtificial" in results && results.__isArtificial
  const text = artificial ? "" : sentence(results.nbHits, results.query)
  const metadata = (results as unknown as Record<string, unknown>)[PROVIDER_METADATA]
  const wordsOnly = answeredByWordsOnly(results.query, metadata as ProviderMetadata | undefined)
  return (
    <div className={status === "stalled" ? "opacity-60" : undefined}>
      <p className="min-h-8 font-serif text-xl">{text}</p>
      {wordsOnly && (
        <p className="text-sm text-soft">
          Found by their words alone: searching by meaning rests at the moment.
        </p>
      )}
      <Said text={text} />
    </div>
  )
}

function sentence(count: number, query: string): string {
  return query ? `${countBooks(count)} for “${query}”` : countBooks(count)
}

/** Says a text to screen readers once it has stood still. */
function Said({ text }: { text: string }) {
  const [said, setSaid] = useState("")
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), SAY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
