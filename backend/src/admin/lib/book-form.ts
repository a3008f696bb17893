import { type BookFacts, bookFacts } from "../../catalogue/book-record"

/** The fields of the form, as they are typed. */
export interface BookForm {
  authors: string
  year: string
  pages: string
  language: string
  original_language: string
  series_name: string
  series_position: string
  subjects: string
  reading_age_from: string
  reading_age_to: string
}

export type FieldErrors = Partial<Record<keyof BookForm, string>>

const typed = (value: number | null | undefined) => (value == null ? "" : String(value))

/** The form of a book's facts; an empty one for a product that is no book yet. */
export function toForm(facts: BookFacts | null): BookForm {
  return {
    authors: facts?.authors.join("\n") ?? "",
    year: typed(facts?.year),
    pages: typed(facts?.pages),
    language: facts?.language ?? "en",
    original_language: facts?.original_language ?? "en",
    series_name: facts?.series?.name ?? "",
    series_position: typed(facts?.series?.position),
    subjects: facts?.subjects.join(", ") ?? "",
    reading_age_from: facts ? typed(facts.reading_age.from) : "16",
    reading_age_to: typed(facts?.reading_age.to),
  }
}

/** Checks a form by the rules that the server has: the facts, or what is wrong with each field. */
export function readForm(form: BookForm): { facts: BookFacts } | { errors: FieldErrors } {
  const parsed = bookFacts.safeParse({
    authors: list(form.authors, "\n"),
    year: number(form.year),
    pages: number(form.pages),
    language: form.language.trim(),
    original_language: form.original_language.trim(),
    series: form.series_name.trim()
      ? { name: form.series_name, position: optional(form.series_position) }
      : null,
    subjects: list(form.subjects, ","),
    reading_age: { from: number(form.reading_age_from), to: optional(form.reading_age_to) },
  })
  if (parsed.success) {
    return { facts: parsed.data }
  }
  const errors: FieldErrors = {}
  for (const { path, code, message } of parsed.error.issues) {
    // Only a number can be of the wrong type here: the other fields are texts by nature.
    errors[fieldOf(path)] ??= code === "invalid_type" ? "takes a number" : message
  }
  return { errors }
}

const list = (text: string, separator: string) =>
  text
    .split(separator)
    .map((entry) => entry.trim())
    .filter(Boolean)

/** Nothing typed is no number, not zero. */
const number = (text: string) => (text.trim() ? Number(text) : undefined)
const optional = (text: string) => number(text) ?? null

/** The field that a fact is typed in. */
function fieldOf([name, part]: PropertyKey[]): keyof BookForm {
  if (name === "series") {
    return part === "position" ? "series_position" : "series_name"
  }
  if (name === "reading_age") {
    // That the age ends before it begins is said of both together; it is the end that is looked at.
    return part === "from" ? "reading_age_from" : "reading_age_to"
  }
  return name as keyof BookForm
}
