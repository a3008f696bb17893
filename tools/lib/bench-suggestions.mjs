import { OURS } from "./bench-scenarios.mjs"
import { round } from "./bench-target.mjs"
import { percentile, sendRequests } from "./load.mjs"
import { waitFor } from "./network.mjs"

/** After how many letters suggestions are asked for. */
const LETTERS = [1, 2, 3, 5, 10]

/** The phrases of all products have been counted by then: see docs/suggestions.md. */
const COUNTED_WITHIN_MS = 120_000

/** The shortest word whose slip is forgiven. */
const LEAST_MISSPELT = 5

/** A text with two letters of its longest word in the wrong order; undefined where all are short. */
export function misspell(text) {
  const longest = text.split(" ").sort((a, b) => b.length - a.length)[0]
  if (longest.length < LEAST_MISSPELT) return undefined
  const [one, two] = longest.slice(2, 4)
  if (one === two) return undefined
  return text.replace(longest, `${longest.slice(0, 2)}${two}${one}${longest.slice(4)}`)
}

/**
 * What shoppers have typed when they are shown suggestions: the beginnings of titles and brands, and
 * such as are misspelt.
 *
 * @param {{ title: string, brand: string }[]} products
 * @returns {Record<string, string[]>} By what is typed: "1 letter", "2 letters" … "misspelt".
 */
export function typedTexts(products) {
  const texts = products.flatMap(({ title, brand }) => [title, brand].map((t) => t.toLowerCase()))
  const beginnings = LETTERS.map((letters) => [
    letters === 1 ? "1 letter" : `${letters} letters`,
    texts.filter((text) => text.length >= letters).map((text) => text.slice(0, letters)),
  ])
  return {
    ...Object.fromEntries(beginnings),
    misspelt: texts.map(misspell).filter((text) => text !== undefined),
  }
}

/**
 * Measures how fast a search box is answered, by one client, through `GET /store/search/suggestions`.
 *
 * @param {import("./bench-target.mjs").Target} target
 * @param {{ products: { title: string, brand: string }[], report: object }} options The products that are
 *   looked for.
 * @returns {Promise<{ typed: string, requests: number, p50_ms: number, p95_ms: number, p99_ms: number }[]>}
 *   One entry for each way of typing, and one for all of them.
 */
export async function measureSuggestions(target, { products, report }) {
  const address = `${target.url}/store/search/suggestions`
  const headers = { "x-publishable-api-key": target.publishableKey }
  const urlOf = (text) =>
    `${address}?${new URLSearchParams({ q: text, index: target.dataset.indexes[OURS] })}`
  const ask = (texts, onAnswer) =>
    sendRequests({
      ...{ headers, clients: 1, signal: target.signal, onAnswer },
      next: () => ({ url: urlOf(texts.shift()) }),
      until: () => texts.length === 0,
    })

  report.detail("waiting for the count of the catalogue's phrases")
  const known = products[0].title
  let answered
  const isCounted = async () => {
    await ask([known], (text) => (answered = JSON.parse(text).suggestions))
    return answered.some(({ text }) => text === known)
  }
  await waitFor(isCounted, { what: "The first suggestion", limitMs: COUNTED_WITHIN_MS })

  const typed = Object.entries(typedTexts(products))
  const rows = []
  const all = []
  for (const [i, [name, texts]] of typed.entries()) {
    report.count(i, typed.length, "ways of typing")
    const { latencies } = await ask([...texts])
    all.push(...latencies)
    rows.push({ typed: name, ...figures(latencies) })
  }
  return [...rows, { typed: "all", ...figures(all) }]
}

function figures(latencies) {
  return {
    requests: latencies.length,
    p50_ms: round(percentile(latencies, 50)),
    p95_ms: round(percentile(latencies, 95)),
    p99_ms: round(percentile(latencies, 99)),
  }
}
