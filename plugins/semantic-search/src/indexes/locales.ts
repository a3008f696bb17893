import { MedusaError, normalizeLocale } from "@medusajs/framework/utils"

/** A locale whose translations an index holds. */
export interface IndexLocale {
  /** As Medusa's Translation Module has it: "de-DE". */
  code: string
  /** What its fields stand under: "de_de" in `translations.de_de.title`. */
  key: string
}

/**
 * Reads the locales of an index.
 *
 * @param locales BCP 47 tags, such as "de-DE"
 * @throws MedusaError where one isn't such a tag, or comes twice
 */
export function readLocales(locales: string[]): IndexLocale[] {
  const read = locales.map((locale) => {
    if (!isLocale(locale)) {
      return refuse(`"${locale}", which isn't a locale: write it as Medusa does, such as "de-DE"`)
    }
    const code = normalizeLocale(locale)
    // No more than letters, digits and hyphens: a path in the document, and a part of a column's name.
    return { code, key: code.toLowerCase().replaceAll("-", "_") }
  })
  const twice = read.find(({ key }, i) => read.findIndex((other) => other.key === key) < i)
  return twice ? refuse(`"${twice.code}" twice: name each locale once`) : read
}

function isLocale(locale: unknown): locale is string {
  try {
    return typeof locale === "string" && Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}

function refuse(what: string): never {
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `defineSemanticProductIndex: "locales" names ${what}`
  )
}
