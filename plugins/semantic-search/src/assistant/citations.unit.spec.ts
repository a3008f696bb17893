import fc from "fast-check"
import { createCitationChecker } from "./citations"

function check(pieces: string[], known = [1, 2, 3]): { text: string; cited: number[] } {
  const checker = createCitationChecker(known)
  const text = pieces.map((piece) => checker.push(piece)).join("") + checker.end()
  return { text, cited: checker.cited() }
}

describe("the citation checker", () => {
  it("keeps citations of retrieved products, in the order of their first mention", () => {
    expect(check(["Emma [2] and Dracula [1], or Emma [2]."])).toEqual({
      text: "Emma [2] and Dracula [1], or Emma [2].",
      cited: [2, 1],
    })
  })

  it("removes a citation of what wasn't retrieved, and the blank before it", () => {
    expect(check(["The Lost City [6] is good [1]."])).toEqual({
      text: "The Lost City is good [1].",
      cited: [1],
    })
  })

  it.each([
    ["[1, 2]", "[1] [2]"],
    ["[1,9;2]", "[1] [2]"],
    ["[8, 9]", ""],
    ["[01]", "[1]"],
  ])("reads the list %s as %s", (list, expected) => {
    expect(check([list]).text).toBe(expected)
  })

  it("holds back a bracket that is split over pieces, and nothing else", () => {
    const checker = createCitationChecker([1])
    expect(checker.push("Emma [")).toBe("Emma")
    expect(checker.push("1")).toBe("")
    expect(checker.push("] is")).toBe(" [1] is")
  })

  it("leaves brackets that cite nothing", () => {
    expect(check(["an [abridged] text [] [2nd ed.]"]).text).toBe("an [abridged] text [] [2nd ed.]")
  })

  it("drops a citation that was cut off at the end", () => {
    expect(check(["Emma [1"])).toEqual({ text: "Emma", cited: [] })
  })

  it("lets no unknown number through, however it is nested", () => {
    expect(check(["[5[9]7]"]).text).not.toMatch(/\[\d+\]/)
  })

  it("gives the same however the text is cut, and only known numbers survive", () => {
    const fragment = fc.constantFrom(
      "[",
      "]",
      "1",
      "2",
      "9",
      ",",
      ";",
      " ",
      "\n",
      "a",
      "[1]",
      "[9]",
      "🙂"
    )
    fc.assert(
      fc.property(fc.array(fragment), fc.array(fc.nat(6)), (fragments, sizes) => {
        const whole = fragments.join("")
        const result = check(cutAt(whole, sizes))
        expect(result).toEqual(check([whole]))
        const survivors = [...result.text.matchAll(/\[([\d\s,;]*\d[\d\s,;]*)\]/g)].map((match) =>
          Number(match[1])
        )
        expect(new Set(survivors)).toEqual(new Set(result.cited))
        expect(result.cited.every((number) => [1, 2, 3].includes(number))).toBe(true)
      }),
      { numRuns: 1_000 }
    )
  })
})

function cutAt(text: string, sizes: number[]): string[] {
  const pieces: string[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(text.slice(at, at + size))
    at += size
  }
  return [...pieces, text.slice(at)]
}
