import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { expect, test } from "./helpers/test"

/** The least share of searches whose book stands on the first page. */
const FIRST_PAGE_FLOOR = 0.9
/** The least share of searches whose book stands first. */
const FIRST_RANK_FLOOR = 0.6
/** Fewer searches than these say little about a share. */
const FEWEST_SEARCHES = 60
/** What the search page shows at first. */
const FIRST_PAGE = 20

const DATA = resolve(import.meta.dirname, "../backend/data/searches/known-items.jsonl")

/** A search of somebody who has a book in mind, and the books that would do, by slug. */
interface KnownItem {
  query: string
  expect: string[]
  kind: string
}

interface Ranked extends KnownItem {
  /** Of the best expected book, from 1; undefined: not on the first page. */
  rank: number | undefined
}

const share = (part: number, whole: number) => (whole ? part / whole : 0)
const percent = (value: number) => `${(value * 100).toFixed(1)} %`

function readKnownItems(): KnownItem[] {
  return readFileSync(DATA, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KnownItem)
}

function summarize(kind: string, ranked: Ranked[]) {
  const first = ranked.filter(({ rank }) => rank === 1).length
  const firstPage = ranked.filter(({ rank }) => rank !== undefined).length
  return {
    kind,
    searches: ranked.length,
    first: share(first, ranked.length),
    firstPage: share(firstPage, ranked.length),
  }
}

/** The shares per kind and overall, then each search that wasn't answered first. */
function report(ranked: Ranked[]): string {
  const kinds = [...new Set(ranked.map(({ kind }) => kind))].sort()
  const rows = [
    ...kinds.map((kind) =>
      summarize(
        kind,
        ranked.filter((item) => item.kind === kind)
      )
    ),
    summarize("all", ranked),
  ]
  const late = ranked.filter(({ rank }) => rank !== 1)
  return [
    "| kind | searches | rank 1 | first page |",
    "| --- | --: | --: | --: |",
    ...rows.map(
      ({ kind, searches, first, firstPage }) =>
        `| ${kind} | ${searches} | ${percent(first)} | ${percent(firstPage)} |`
    ),
    "",
    "Not first:",
    ...late.map(
      ({ query, expect: slugs, rank }) =>
        `- "${query}" → ${slugs.join(", ")}: ${rank ?? "not found"}`
    ),
  ].join("\n")
}

test("searches for a book that somebody has in mind find it", async ({ search }, testInfo) => {
  const items = readKnownItems()
  expect(items.length).toBeGreaterThanOrEqual(FEWEST_SEARCHES)

  const ranked: Ranked[] = []
  for (const item of items) {
    const { hits, provider_metadata } = await search.run({
      filters: { q: item.query },
      pagination: { take: FIRST_PAGE },
    })
    expect(provider_metadata.degraded, `"${item.query}" is searched by meaning`).toBeUndefined()
    const index = hits.findIndex(({ document }) => item.expect.includes(document.handle))
    ranked.push({ ...item, rank: index < 0 ? undefined : index + 1 })
  }

  const text = report(ranked)
  console.log(text)
  await testInfo.attach("known-items.md", { body: text, contentType: "text/markdown" })
  const { first, firstPage } = summarize("all", ranked)
  expect.soft(firstPage, "share on the first page").toBeGreaterThanOrEqual(FIRST_PAGE_FLOOR)
  expect.soft(first, "share at rank 1").toBeGreaterThanOrEqual(FIRST_RANK_FLOOR)
})

test("the books that the known searches expect are in the shop", async ({ search }) => {
  const wanted = [...new Set(readKnownItems().flatMap((item) => item.expect))]
  const missing: string[] = []
  for (const handle of wanted) {
    const { metadata } = await search.run({ filters: { handle }, pagination: { take: 0 } })
    if (metadata.count !== 1) {
      missing.push(handle)
    }
  }
  expect(missing).toEqual([])
})
