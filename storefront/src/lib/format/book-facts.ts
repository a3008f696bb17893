const languageNames = new Intl.DisplayNames(["en"], { type: "language" })

/** The English name of a language code: "fr" is "French", "grc" is "Ancient Greek". */
export function languageName(code: string): string {
  try {
    return languageNames.of(code) ?? code
  } catch {
    return code
  }
}

/** A year of publication; negative years are before our era: -380 is "380 BC". */
export function formatYear(year: number): string {
  return year < 0 ? `${-year} BC` : String(year)
}

/** "from 9 to 12", "from 16". */
export function formatReadingAge(from: number, to: number | null | undefined): string {
  return to ? `from ${from} to ${to}` : `from ${from}`
}

/** "Jane Austen", "Jane Austen and Mary Shelley", "A, B and C". */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) {
    return names[0] ?? ""
  }
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
}

/** "1 book", "2 books". */
export function countBooks(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "book" : "books"}`
}

/** The beginning of a text, cut after a whole sentence where one ends in time, else after a word. */
export function excerpt(text: string, length: number): string {
  if (text.length <= length) {
    return text
  }
  const cut = text.slice(0, length)
  const sentence = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("? "), cut.lastIndexOf("! "))
  return sentence > length / 2
    ? cut.slice(0, sentence + 1)
    : `${cut.slice(0, cut.lastIndexOf(" "))} …`
}
