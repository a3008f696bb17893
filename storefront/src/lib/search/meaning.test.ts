import { describe, expect, it } from "vitest"
import { answeredByWordsOnly } from "./meaning"

describe("answeredByWordsOnly", () => {
  it("is said when the provider gives a reason or searched by keyword", () => {
    expect(answeredByWordsOnly("whale", { mode: "keyword", degraded: "no weights" })).toBe(true)
    expect(answeredByWordsOnly("whale", { mode: "keyword" })).toBe(true)
  })

  it("isn't said of a hybrid answer, nor where nothing was asked", () => {
    expect(answeredByWordsOnly("whale", { mode: "hybrid" })).toBe(false)
    expect(answeredByWordsOnly("", { mode: "filter" })).toBe(false)
    expect(answeredByWordsOnly("whale", undefined)).toBe(false)
  })
})
