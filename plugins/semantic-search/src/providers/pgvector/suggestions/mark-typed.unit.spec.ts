import fc from "fast-check"
import { markTyped } from "./mark-typed"

const typed = (...words: string[]) =>
  words.map((word, i) => ({ variants: [word], unfinished: i === words.length - 1 }))

describe("markTyped", () => {
  it.each([
    ["Charlotte Brontë", ["bron"], "Charlotte <mark>Brontë</mark>"],
    ["The Lord of the Rings", ["lord", "ri"], "The <mark>Lord</mark> of the <mark>Rings</mark>"],
    ["The Hitchhiker's Guide", ["hitchhikers"], "The <mark>Hitchhiker&#39;s</mark> Guide"],
    ["L'Étranger", ["l", "etr"], "<mark>L&#39;Étranger</mark>"],
    ["Dune", [], "Dune"],
    ["Q & A <b>", ["q"], "<mark>Q</mark> &amp; A &lt;b&gt;"],
  ])("%s, for %j", (text, words, html) => {
    expect(markTyped(text, typed(...words))).toBe(html)
  })

  it("marks what a misspelt word stands for, as a whole word", () => {
    const corrected = [{ variants: ["tolkien", "token"], unfinished: false }]
    expect(markTyped("J. R. R. Tolkien, Tolkiens", corrected)).toBe(
      "J. R. R. <mark>Tolkien</mark>, Tolkiens"
    )
  })

  it("leaves nothing of the text unescaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, word) => {
        const html = markTyped(`${text}<${word}>`, typed(word)).replace(/<\/?mark>/g, "")
        expect(html).not.toMatch(/[<>"']/)
      })
    )
  })
})
