import { fold, splitWords, vocabulary, wordCore } from "./words"

describe("fold", () => {
  it("makes words with and without accents the same", () => {
    expect(fold("Brontë")).toBe("bronte")
    expect(fold("García Márquez")).toBe("garcia marquez")
    expect(fold("ÉCOLE")).toBe(fold("école"))
  })
})

describe("splitWords", () => {
  it("keeps an apostrophe within a word and drops punctuation", () => {
    expect(splitWords("The Hitchhiker's Guide, to—the «Galaxy»!")).toEqual([
      "The",
      "Hitchhiker's",
      "Guide",
      "to",
      "the",
      "Galaxy",
    ])
  })

  it("answers nothing for a text without words", () => {
    expect(splitWords(" … !?")).toEqual([])
  })
})

describe("wordCore", () => {
  it.each([
    ["Hitchhiker's", "hitchhiker"],
    ["L’Étranger", "etranger"],
    ["O'Brien", "brien"],
    ["Zola", "zola"],
  ])("of %s is %s", (word, core) => {
    expect(wordCore(word)).toBe(core)
  })
})

describe("vocabulary", () => {
  it("holds each word once, folded and sorted, without numbers and short words", () => {
    expect(vocabulary(["Émile Zola", "zola of 1885 x2"])).toEqual(["emile", "zola"])
  })
})
