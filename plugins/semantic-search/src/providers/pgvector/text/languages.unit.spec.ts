import { findLanguage, languageOfLocale } from "./languages"

describe("languageOfLocale", () => {
  it.each([
    ["de", "german"],
    ["de-CH", "german"],
    ["pt_BR", "portuguese"],
    ["EN-gb", "english"],
  ])("stems %s as %s", (locale, language) => {
    expect(languageOfLocale(locale, "x")).toBe(language)
  })

  it.each(["tlh", "", 7, null, "constructor", "__proto__"])("refuses %j", (locale) => {
    expect(() => languageOfLocale(locale, "search_options.locales")).toThrow(
      /^search_options.locales names the locale .* It stems: ar, ca, da, de/
    )
  })
})

describe("findLanguage", () => {
  it("knows no language that Postgres can't stem", () => {
    expect(findLanguage("fr-CA")).toBe("french")
    expect(["ja-JP", "zh-Hans", "pl-PL", "", "__proto__"].map(findLanguage)).toEqual(
      Array(5).fill(undefined)
    )
  })
})
