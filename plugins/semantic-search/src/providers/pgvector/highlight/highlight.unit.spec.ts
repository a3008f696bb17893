import fc from "fast-check"
import { findMarks, type Mark } from "./marks"
import { matcherOf, queryTerms } from "./query-terms"
import { escapeHtml, render } from "./render"
import { chooseSnippet } from "./snippet"
import { DEFAULT_TAGS } from "./tags"
import { chunksOf } from "./text-chunks"

/** A stemmer as plain as can be: letters only, lower case, without the plural's s. */
const stem = (piece: string) =>
  (piece.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, ""))

function marksOf(
  text: string,
  q: string,
  strategy: "all" | "any" | "last" = "all",
  corrections = {}
) {
  const terms = queryTerms({ text: q, strategy, corrections: new Map(Object.entries(corrections)) })
  return findMarks(chunksOf(text), matcherOf(terms, stem), stem)
}

const marked = (text: string, ...query: [string, ("all" | "any" | "last")?, object?]) =>
  render(text, marksOf(text, ...query), DEFAULT_TAGS)

const wordsOf = (text: string) => chunksOf(text).flatMap(({ words }) => words)

function snippet(text: string, q: string, length: number): string {
  const marks = marksOf(text, q)
  return render(text, marks, DEFAULT_TAGS, chooseSnippet(wordsOf(text), marks, length))
}

const unescape = (html: string) =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
const withoutTags = (html: string) =>
  html.replaceAll(DEFAULT_TAGS.pre, "").replaceAll(DEFAULT_TAGS.post, "")

/** Any text at all, with much of what HTML, words and Unicode have pitfalls for. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("<", ">", "&", '"', "'", "’", "&lt;", "<mark>", "</mark>", "<script>", "…"),
      fc.constantFrom(
        "whale",
        "Whales",
        "a",
        " ",
        "\n",
        "\ud83d",
        "\ude00",
        "e\u0301",
        "\0",
        "ß",
        "İ",
        "鯨"
      )
    )
  )
  .map((parts) => parts.join(""))
const anyQuery = fc.oneof(fc.constantFrom("whale", "a whale", "ß", "鯨 w"), anyText)
const anyStrategy = fc.constantFrom("all" as const, "any" as const, "last" as const)

describe("marks", () => {
  it.each([
    ["The Whale", "whales", "The <mark>Whale</mark>"],
    ["whales, whales!", "whale", "<mark>whales</mark>, <mark>whales</mark>!"],
    ["well-known facts", "known fact", "well-<mark>known</mark> <mark>facts</mark>"],
    ["Narwhale", "whale", "Narwhale"],
    ["5 < 6 & whale > 7", "whale", "5 &lt; 6 &amp; <mark>whale</mark> &gt; 7"],
    [`<b class="whale">`, "whale", `&lt;b class=&quot;<mark>whale</mark>&quot;&gt;`],
  ])("%s, for %s", (text, q, html) => {
    expect(marked(text, q)).toBe(html)
  })

  it("the beginning of a word where the last one may be unfinished, of that one only", () => {
    expect(marked("Whale watching", "wa wha", "last")).toBe("<mark>Whale</mark> watching")
    expect(marked("Whale watching", "wa wha", "all")).toBe("Whale watching")
  })

  it("what a misspelt word was corrected to", () => {
    expect(marked("J. Tolkien", "tolkein", "all", { tolkein: ["tolkien"] })).toBe(
      "J. <mark>Tolkien</mark>"
    )
  })

  it("a word only if the search indexed it for the run that it stands in", () => {
    const lexemes = new Map([
      ["J.R.R.", ["j.r.r"]],
      ["J", ["j"]],
      ["R", ["r"]],
    ])
    const lexemesOf = (piece: string) => lexemes.get(piece) ?? stem(piece)
    const marks = (q: string, strategy: "all" | "last") =>
      findMarks(
        chunksOf("J.R.R. Tolkien"),
        matcherOf(queryTerms({ text: q, strategy, corrections: new Map() }), lexemesOf),
        lexemesOf
      )
    expect(marks("j", "all")).toEqual([])
    expect(marks("j", "last")).toEqual([{ start: 0, end: 5, terms: [0] }])
  })
})

describe("a snippet", () => {
  const text = "one two three whale five six seven eight white whale eleven twelve"

  it("holds most distinct words, in its middle", () => {
    expect(snippet(text, "white whale", 4)).toBe(
      "…eight <mark>white</mark> <mark>whale</mark> eleven…"
    )
  })

  it("begins and ends with the text where it can't be centred, without an ellipsis there", () => {
    expect(snippet(text, "one", 3)).toBe("<mark>one</mark> two three…")
    expect(snippet(text, "twelve", 3)).toBe("…whale eleven <mark>twelve</mark>")
    expect(snippet("(a whale)", "whale", 2)).toBe("(a <mark>whale</mark>)")
  })

  it("is the first of equally good ones", () => {
    expect(snippet(text, "whale", 3)).toBe("…three <mark>whale</mark> five…")
  })
})

describe("whatever the text and the query", () => {
  it("removing tags and unescaping gives the text back", () => {
    fc.assert(
      fc.property(anyText, anyQuery, anyStrategy, (text, q, strategy) => {
        expect(unescape(withoutTags(marked(text, q, strategy)))).toBe(text)
      }),
      { numRuns: 500 }
    )
  })

  it("nothing of the text is markup", () => {
    fc.assert(
      fc.property(
        anyText,
        anyQuery,
        fc.option(fc.integer({ min: 1, max: 5 })),
        (text, q, length) => {
          const marks = marksOf(text, q, "last")
          const part =
            length && marks.length ? chooseSnippet(wordsOf(text), marks, length) : undefined
          const html = render(text, marks, DEFAULT_TAGS, part)
          expect(withoutTags(html)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
          expect(html.split(DEFAULT_TAGS.pre)).toHaveLength(html.split(DEFAULT_TAGS.post).length)
        }
      ),
      { numRuns: 500 }
    )
  })

  it("marks are in order and don't overlap, and each is a word", () => {
    fc.assert(
      fc.property(anyText, anyQuery, (text, q) => {
        const marks = marksOf(text, q, "last")
        marks.forEach(({ start, end }, i) => {
          expect(start).toBeGreaterThanOrEqual(marks[i - 1]?.end ?? 0)
          expect(text.slice(start, end)).toMatch(/[\p{L}\p{N}\p{M}]/u)
        })
      }),
      { numRuns: 500 }
    )
  })

  it("a snippet is a part of the text with a match in it, and no longer than asked", () => {
    fc.assert(
      fc.property(anyText, anyQuery, fc.integer({ min: 1, max: 6 }), (text, q, length) => {
        const marks: Mark[] = marksOf(text, q, "any")
        fc.pre(marks.length > 0)
        const words = wordsOf(text)
        const part = chooseSnippet(words, marks, length)
        const html = render(text, marks, DEFAULT_TAGS, part)
        const within = words.filter(({ start, end }) => start >= part.start && end <= part.end)
        expect(within.length).toBeLessThanOrEqual(length)
        expect(html).toContain(DEFAULT_TAGS.pre)
        const shown = unescape(withoutTags(html)).replace(/^…/, "").replace(/…$/, "")
        expect(text).toContain(shown)
      }),
      { numRuns: 500 }
    )
  })
})

describe("escapeHtml", () => {
  it("leaves none of the five characters, and loses nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/)
        expect(unescape(escapeHtml(text))).toBe(text)
      })
    )
  })
})
