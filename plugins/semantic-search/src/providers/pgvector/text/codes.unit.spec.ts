import { codeKey, codeOfQuery } from "./codes"

describe("codeKey", () => {
  it.each([
    ["978-0-14-044913-6", "9780140449136"],
    ["978 0140449136", "9780140449136"],
    ["BC-1010/A", "bc1010a"],
  ])("has %s compared as %s", (code, key) => {
    expect(codeKey(code)).toBe(key)
  })
})

describe("codeOfQuery", () => {
  it.each([
    ["978-0-14", "978014"],
    ["bc 1010", "bc1010"],
    ["1984", "1984"],
  ])("takes %s for a code", (text, key) => {
    expect(codeOfQuery(text)).toBe(key)
  })

  it.each(["whale", "10", "a book that costs less than 10 euros", "1".repeat(41), ""])(
    "doesn't take “%s” for one",
    (text) => {
      expect(codeOfQuery(text)).toBeUndefined()
    }
  )
})
