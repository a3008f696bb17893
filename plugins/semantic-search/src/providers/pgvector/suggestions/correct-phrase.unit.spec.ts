import { DEFAULT_TYPO_TOLERANCE } from "../plan"
import { correct as correctWithin, type TypedWord } from "./correct-phrase"

const correct = (word: TypedWord, rows: { word: string; candidate: string }[]) =>
  correctWithin(word, rows, DEFAULT_TYPO_TOLERANCE)

const typed = (word: string, unfinished = false) => ({ variants: [word], unfinished })
const rows = (word: string, ...candidates: string[]) =>
  candidates.map((candidate) => ({ word, candidate }))

describe("correct", () => {
  it("puts the nearest known words in a word's place, which then is finished", () => {
    expect(correct(typed("tolkein"), rows("tolkein", "token", "tolkien"))).toEqual({
      variants: ["tolkien"],
      unfinished: false,
    })
    expect(correct(typed("poter", true), rows("poter", "porter", "potter", "pots"))).toEqual({
      variants: ["porter", "potter"],
      unfinished: false,
    })
  })

  it("compares a word that may be unfinished with the beginnings of others", () => {
    const known = rows("tolke", "tolkien")
    expect(correct(typed("tolke", true), known).variants).toEqual(["tolkien"])
    expect(correct(typed("tolke"), known)).toEqual(typed("tolke"))
  })

  it("takes two slips of a long word, and one of a short one", () => {
    expect(correct(typed("dostoyevski"), rows("dostoyevski", "dostoevsky")).variants).toEqual([
      "dostoevsky",
    ])
    expect(correct(typed("hapry"), rows("hapry", "heppy"))).toEqual(typed("hapry"))
  })

  it("leaves a word alone for which there is nothing, or only for another", () => {
    const word = typed("potter")
    expect(correct(word, rows("poter", "potter"))).toBe(word)
    expect(correct(word, [])).toBe(word)
  })
})
