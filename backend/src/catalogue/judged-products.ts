import { readdirSync } from "node:fs"
import path from "node:path"
import { type BookRecord, bookRecord, GENRES } from "./book-record"
import { embeddedText } from "./embedded-text"
import { readRows } from "./read-rows"

const DATA = path.resolve(__dirname, "../../data")

/** The books as the products of a judged collection; docs/evaluation.md describes such files. */
export const JUDGED_PRODUCTS = path.join(DATA, "searches/judged/products.jsonl")

const languageName = new Intl.DisplayNames(["en"], { type: "language" })

/** A book as the product of a judged collection: what a shopper can know of it, in plain values. */
function judgedProduct(book: BookRecord): Record<string, unknown> {
  return {
    id: book.slug,
    title: book.title,
    ...(book.subtitle ? { subtitle: book.subtitle } : {}),
    description: book.description,
    embedded_text: embeddedText(book),
    authors: book.authors,
    ...(book.series ? { series: book.series.name } : {}),
    genres: book.genres.map((genre) => GENRES[genre]),
    subjects: book.subjects,
    moods: book.moods,
    language: languageName.of(book.language),
    original_language: languageName.of(book.original_language),
    year: book.year,
    pages: book.pages,
    reading_age_from: book.reading_age?.from ?? null,
  }
}

/** The text of {@link JUDGED_PRODUCTS} as it follows from the catalogue: a product a line, by slug. */
export async function judgedProducts(): Promise<string> {
  const catalogue = path.join(DATA, "catalogue")
  const products: Record<string, unknown>[] = []
  for (const name of readdirSync(catalogue).filter((file) => file.endsWith(".jsonl"))) {
    for await (const row of readRows(path.join(catalogue, name))) {
      if ("error" in row) {
        throw new Error(`${name}:${row.line}: ${row.error}`)
      }
      products.push(judgedProduct(bookRecord.parse(row.value)))
    }
  }
  const compare = (a: Record<string, unknown>, b: Record<string, unknown>) =>
    String(a.id) < String(b.id) ? -1 : 1
  return products
    .sort(compare)
    .map((product) => `${JSON.stringify(product)}\n`)
    .join("")
}
