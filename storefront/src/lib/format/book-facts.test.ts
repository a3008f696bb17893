import { describe, expect, it } from "vitest"
import {
  countBooks,
  excerpt,
  formatReadingAge,
  formatYear,
  joinNames,
  languageName,
} from "./book-facts"

describe("book facts in words", () => {
  it("names languages, old ones too, and leaves an unknown code as it is", () => {
    expect(languageName("fr")).toBe("French")
    expect(languageName("grc")).toBe("Ancient Greek")
    expect(languageName("not a code")).toBe("not a code")
  })

  it("writes years before our era without a sign", () => {
    expect([formatYear(1851), formatYear(-380)]).toEqual(["1851", "380 BC"])
  })

  it("leaves the end of a reading age open", () => {
    expect(formatReadingAge(9, 12)).toBe("from 9 to 12")
    expect(formatReadingAge(16, null)).toBe("from 16")
  })

  it("joins authors as a sentence would", () => {
    expect(joinNames(["A"])).toBe("A")
    expect(joinNames(["A", "B"])).toBe("A and B")
    expect(joinNames(["A", "B", "C"])).toBe("A, B and C")
  })

  it("counts one book and several", () => {
    expect([countBooks(1), countBooks(1200)]).toEqual(["1 book", "1,200 books"])
  })

  it("cuts an excerpt where a sentence ends, or else where a word does", () => {
    expect(excerpt("One whole sentence. And a second one.", 30)).toBe("One whole sentence.")
    expect(excerpt("A sentence that goes on and on and on", 20)).toBe("A sentence that …")
    expect(excerpt("Short.", 30)).toBe("Short.")
  })
})
