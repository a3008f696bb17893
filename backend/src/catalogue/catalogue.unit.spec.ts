import { readdirSync } from "node:fs"
import path from "node:path"
import { type BookRecord, bookRecord, rejectionReason } from "./book-record"
import { readRows } from "./read-rows"

const CATALOGUE = path.resolve(__dirname, "../../data/catalogue")

/** What the shop promises of its catalogue. */
const BOOKS = 600
const FOREIGN_BOOKS = 60
const DESCRIPTION_WORDS = { least: 50, most: 120 }
/** So many first words, and so many descriptions that may share them. */
const OPENING_WORDS = 3
const SAME_OPENINGS = 2

const books: { at: string; book: BookRecord }[] = []
const rejected: string[] = []

beforeAll(async () => {
  for (const name of readdirSync(CATALOGUE).filter((file) => file.endsWith(".jsonl"))) {
    for await (const row of readRows(path.join(CATALOGUE, name))) {
      const at = `${name}:${row.line}`
      const parsed = "value" in row ? bookRecord.safeParse(row.value) : row
      if ("error" in parsed && parsed.error) {
        const { error } = parsed
        rejected.push(`${at}: ${typeof error === "string" ? error : rejectionReason(error)}`)
      } else if ("data" in parsed) {
        books.push({ at, book: parsed.data })
      }
    }
  }
})

const words = (text: string) => text.split(/\s+/)

/** What more than so many share, with where it stands. */
function shared(keyOf: (book: BookRecord) => string, atMost: number): string[] {
  const groups = new Map<string, typeof books>()
  for (const entry of books) {
    const key = keyOf(entry.book)
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups]
    .filter(([, group]) => group.length > atMost)
    .map(([key, group]) => `${key}: ${group.map(({ at }) => at).join(", ")}`)
}

describe("the catalogue", () => {
  it("has no row that the importer rejects", () => {
    expect(rejected).toEqual([])
  })

  it("is as large as the shop promises", () => {
    expect(books.length).toBeGreaterThanOrEqual(BOOKS)
    const foreign = books.filter(({ book }) => ["de", "fr", "es"].includes(book.language))
    expect(foreign.length).toBeGreaterThanOrEqual(FOREIGN_BOOKS)
  })

  it("has no book twice, over all files", () => {
    expect(shared(({ slug }) => slug, 1)).toEqual([])
    expect(
      shared(
        ({ title, authors, language }) => [language, title.toLowerCase(), ...authors].join(" / "),
        1
      )
    ).toEqual([])
  })

  it("gives no ISBN to two formats", () => {
    const isbns = books.flatMap(({ book }) => book.formats.flatMap(({ isbn }) => isbn ?? []))
    expect(new Set(isbns).size).toBe(isbns.length)
  })

  it("counts stock for print and only for print", () => {
    const wrong = books.filter(({ book }) =>
      book.formats.some(
        ({ format, stock }) => ["paperback", "hardcover"].includes(format) !== (stock !== undefined)
      )
    )
    expect(wrong.map(({ at }) => at)).toEqual([])
  })

  it("describes each book in 50 to 120 words", () => {
    const { least, most } = DESCRIPTION_WORDS
    const wrong = books
      .map(({ at, book }) => ({ at, count: words(book.description).length }))
      .filter(({ count }) => count < least || count > most)
    expect(wrong).toEqual([])
  })

  it("lets no three descriptions begin with the same three words", () => {
    const opening = ({ description }: BookRecord) =>
      words(description).slice(0, OPENING_WORDS).join(" ").toLowerCase()
    expect(shared(opening, SAME_OPENINGS)).toEqual([])
  })
})
