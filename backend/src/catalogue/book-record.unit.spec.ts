import { bookRecord, isIsbn13, rejectionReason } from "./book-record"

const BOOK = {
  slug: "the-lighthouse",
  title: "The Lighthouse",
  authors: ["Ada Example"],
  year: 1927,
  language: "en",
  original_language: "en",
  pages: 224,
  genres: ["classics"],
  subjects: ["the sea"],
  moods: ["lyrical"],
  reading_age: { from: 14, to: null },
  formats: [{ format: "paperback", eur: 9.95, usd: 10.95, stock: 3, isbn: "9783161484100" }],
  description: "A family, a summer house, and a lighthouse that they mean to visit.",
}

/** Why a book that differs from the sound one is rejected; null if it isn't. */
function reasonFor(changes: Record<string, unknown>): string | null {
  const parsed = bookRecord.safeParse({ ...BOOK, ...changes })
  return parsed.success ? null : rejectionReason(parsed.error)
}

const withFormat = (changes: Record<string, unknown>) => ({
  formats: [{ ...BOOK.formats[0], ...changes }],
})

describe("bookRecord", () => {
  it("takes a sound row, with and without what is optional", () => {
    expect(reasonFor({})).toBeNull()
    expect(
      reasonFor({
        subtitle: "A Novel",
        series: { name: "Coasts", position: 2.5 },
        subjects: [],
        moods: [],
      })
    ).toBeNull()
    expect(reasonFor({ year: -800, series: { name: "Coasts", position: null } })).toBeNull()
  })

  it.each([
    [
      "a slug with capitals",
      { slug: "The-Lighthouse" },
      '"slug": takes lower-case letters, digits and hyphens',
    ],
    ["a slug with two hyphens in a row", { slug: "the--house" }, '"slug": takes lower-case'],
    ["a title of spaces", { title: "  " }, '"title": is empty'],
    ["a title with a NUL", { title: "a\0b" }, '"title": holds a NUL character'],
    ["no author", { authors: [] }, '"authors": names nobody'],
    ["an author twice", { authors: ["Ada", "Ada "] }, '"authors": names somebody twice'],
    [
      "an endless author",
      { authors: ["a".repeat(201)] },
      '"authors.0": is longer than 200 characters',
    ],
    ["a subject twice", { subjects: ["sea", "sea"] }, '"subjects": names a subject twice'],
    [
      "a year to come",
      { year: new Date().getFullYear() + 2 },
      '"year": lies too far in the future',
    ],
    ["a year before writing", { year: -4000 }, '"year": '],
    ["a year in words", { year: "1927" }, '"year": '],
    ["half a page", { pages: 10.5 }, '"pages": '],
    ["no page", { pages: 0 }, '"pages": '],
    [
      "a language in words",
      { language: "English" },
      '"language": takes a language code such as "en"',
    ],
    [
      "an age that ends before it begins",
      { reading_age: { from: 9, to: 6 } },
      '"reading_age": ends before it begins',
    ],
    ["a genre that is no shelf", { genres: ["westerns"] }, '"genres.0": '],
    ["no genre", { genres: [] }, '"genres": '],
    ["a mood that is no tag", { moods: ["grumpy"] }, '"moods.0": '],
    ["no format", { formats: [] }, '"formats": '],
    [
      "a format twice",
      { formats: [BOOK.formats[0], BOOK.formats[0]] },
      '"formats": names a format twice',
    ],
    ["a price of nothing", withFormat({ eur: 0 }), '"formats.0.eur": '],
    ["stock below nothing", withFormat({ stock: -1 }), '"formats.0.stock": '],
    [
      "a wrong check digit",
      withFormat({ isbn: "9783161484101" }),
      '"formats.0.isbn": is no ISBN-13',
    ],
    ["a series without a name", { series: { name: "", position: 1 } }, '"series.name": is empty'],
    ["a field that isn't known", { publisher: "Hogarth" }, "(publisher)"],
  ])("rejects %s and names the field", (_what, changes, reason) => {
    expect(reasonFor(changes)).toContain(reason)
  })

  it("reports everything that is wrong with a row at once", () => {
    expect(reasonFor({ title: "", pages: 0 })).toMatch(
      /"title": .+; "pages": |"pages": .+; "title": /
    )
  })
})

describe("isIsbn13", () => {
  it.each(["9783161484100", "9780306406157", "9791034742530"])("takes %s", (isbn) => {
    expect(isIsbn13(isbn)).toBe(true)
  })

  it.each([
    ["another check digit", "9780306406158"],
    ["two digits exchanged", "9780306406517"],
    ["a prefix that isn't for books", "9770306406150"],
    ["ten digits", "0306406152"],
    ["hyphens", "978-0-306-40615-7"],
  ])("rejects %s", (_what, isbn) => {
    expect(isIsbn13(isbn)).toBe(false)
  })
})
