import { type AssistantHit, type Citation, citationsOf, titleOf } from "./hits"

export interface RetrievalAnswer {
  text: string
  citations: Citation[]
}

/** How many products the sentence names; the others are seen on their cards. */
const NAMED = 3

/** An answer without a model: a sentence that names the best hits and cites them. */
export function answerFromRetrieval(hits: AssistantHit[]): RetrievalAnswer {
  if (!hits.length) {
    return {
      text: "I found nothing in this shop that fits. Try other words, or describe what you have in mind.",
      citations: [],
    }
  }
  const named = hits.slice(0, NAMED)
  const titles = named.map((hit) => `${plainTitle(hit)} [${hit.n}]`)
  return {
    text: `${titles.length > 1 ? "The closest matches in this shop are" : "The closest match in this shop is"} ${listed(titles)}.`,
    citations: citationsOf(
      named.map(({ n }) => n),
      hits
    ),
  }
}

/** A title with brackets in it, such as "Poems [2]", must not read as a citation. */
function plainTitle(hit: AssistantHit): string {
  return titleOf(hit).replaceAll("[", "(").replaceAll("]", ")")
}

function listed(items: string[]): string {
  return items.length < 2
    ? items.join("")
    : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`
}
