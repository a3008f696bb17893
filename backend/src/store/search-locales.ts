/** The locales into which the store's texts are translated: `LIBRO_LOCALES`, such as "de-DE,fr-FR". */
export function searchLocales(): string[] {
  return (process.env.LIBRO_LOCALES ?? "").split(",").flatMap((locale) => locale.trim() || [])
}
