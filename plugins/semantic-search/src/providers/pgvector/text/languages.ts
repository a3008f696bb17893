import { invalid } from "../errors"

/** The text search configurations that every Postgres brings, by the language they stem (ISO 639-1). */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ar: "arabic",
  ca: "catalan",
  da: "danish",
  de: "german",
  el: "greek",
  en: "english",
  es: "spanish",
  eu: "basque",
  fi: "finnish",
  fr: "french",
  ga: "irish",
  hi: "hindi",
  hu: "hungarian",
  hy: "armenian",
  id: "indonesian",
  it: "italian",
  lt: "lithuanian",
  nb: "norwegian",
  ne: "nepali",
  nl: "dutch",
  nn: "norwegian",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sr: "serbian",
  sv: "swedish",
  ta: "tamil",
  tr: "turkish",
  yi: "yiddish",
}

/**
 * The text search configuration that stems the language of a locale.
 *
 * @param locale a BCP 47 tag, such as "de" or "fr-CA"
 * @returns undefined where Postgres stems no such language
 */
export function findLanguage(locale: string): string | undefined {
  const [language] = locale.toLowerCase().split(/[-_]/)
  return Object.hasOwn(CONFIGURATIONS, language) ? CONFIGURATIONS[language] : undefined
}

/**
 * The text search configuration that stems the language of a locale.
 *
 * @param locale a BCP 47 tag, such as "de" or "fr-CA"
 * @param owner what names the locale, for the error
 * @throws MedusaError naming the languages that can be stemmed
 */
export function languageOfLocale(locale: unknown, owner: string): string {
  return (
    (typeof locale === "string" ? findLanguage(locale) : undefined) ??
    invalid(
      `${owner} names the locale "${String(locale)}", whose language Postgres can't stem. It stems: ${Object.keys(CONFIGURATIONS).join(", ")}`
    )
  )
}
