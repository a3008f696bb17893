import { isSentence, type QueryWord } from "./query-words"

/** The words of a text that are looked for. */
function words(...looked: string[]): QueryWord[] {
  return looked.map((word) => ({
    word,
    alternatives: [{ forms: [word], stems: [{ stem: word, documents: 1 }] }],
    completions: [],
    corrections: [],
    known: true,
  }))
}

describe("isSentence", () => {
  it.each([
    ["why does a wet book smell", words("wet", "book", "smell")],
    ["what should I read after my husband died", words("read", "husband", "died")],
    ["What is it about?", []],
  ])("takes %j for one: half of it is function words", (text, looked) => {
    expect(isSentence(text, looked)).toBe(true)
  })

  it.each([
    ["", []],
    ["whale", words("whale")],
    ["the sea around us", words("sea", "around")],
    ["pride and prejudice and zombies", words("pride", "prejudice", "zombies")],
    ["a captain obsessed with a white whale", words("captain", "obsessed", "white", "whale")],
    ["the the the the whale", words("whale")],
  ])("takes %j for words to be found", (text, looked) => {
    expect(isSentence(text, looked)).toBe(false)
  })
})
