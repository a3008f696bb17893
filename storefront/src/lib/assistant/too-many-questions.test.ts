import { describe, expect, it } from "vitest"
import { tooManyQuestions } from "./too-many-questions"

describe("what is said to who asks too much", () => {
  it.each([
    [1, "in a second."],
    [45, "in 45 seconds."],
    [61, "in 2 minutes."],
    [300, "in 5 minutes."],
    [Number.NaN, "in a few minutes."],
  ])("names a wait of %s seconds", (seconds, end) => {
    expect(tooManyQuestions(seconds).endsWith(end)).toBe(true)
  })
})
