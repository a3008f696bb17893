import { readLocales } from "./locales"

describe("readLocales", () => {
  it.each([
    ["de-DE", "de-DE", "de_de"],
    ["de-de", "de-DE", "de_de"],
    ["FR", "fr", "fr"],
    ["zh-hans", "zh-Hans", "zh_hans"],
    ["sr-cyrl-rs", "sr-Cyrl-RS", "sr_cyrl_rs"],
  ])("reads %s as Medusa does, under a key of letters", (locale, code, key) => {
    expect(readLocales([locale])).toEqual([{ code, key }])
  })

  it.each(["de_DE", "", "d", "de-DE; DROP", "translations.de", "__proto__", 5, null])(
    "refuses %j",
    (locale) => {
      expect(() => readLocales([locale as string])).toThrow(
        `"locales" names "${locale}", which isn't a locale: write it as Medusa does, such as "de-DE"`
      )
    }
  )

  it("refuses one that comes twice", () => {
    expect(() => readLocales(["de-DE", "fr-FR", "DE-de"])).toThrow(`names "de-DE" twice`)
  })
})
