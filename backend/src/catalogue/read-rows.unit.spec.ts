import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { bookRecord } from "./book-record"
import { type FileRow, readRows } from "./read-rows"

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "read-rows-"))
})

afterAll(() => rm(folder, { recursive: true }))

async function read(name: string, content: string): Promise<FileRow[]> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return await rowsOf(file)
}

async function rowsOf(file: string): Promise<FileRow[]> {
  const rows: FileRow[] = []
  for await (const row of readRows(file)) {
    rows.push(row)
  }
  return rows
}

describe("readRows on JSON Lines", () => {
  it("reports a broken line by its number and reads on", async () => {
    const rows = await read("books.jsonl", '{"slug":"one"}\n\n{"slug":\n{"slug":"four"}\n')
    expect(rows).toEqual([
      { line: 1, value: { slug: "one" } },
      { line: 3, error: expect.stringContaining("is no JSON") },
      { line: 4, value: { slug: "four" } },
    ])
  })
})

describe("readRows on JSON", () => {
  it("numbers the books of the list", async () => {
    expect(await read("books.json", '[{"slug":"one"},\n {"slug":"two"}]')).toEqual([
      { line: 1, value: { slug: "one" } },
      { line: 2, value: { slug: "two" } },
    ])
  })

  it.each([
    ["is cut off", '[{"slug":"one"}', "is no JSON"],
    ["holds one book and no list", '{"slug":"one"}', "is no list of books"],
  ])("says so when the file %s", async (_what, content, error) => {
    expect(await read("books.json", content)).toEqual([
      { line: 1, error: expect.stringContaining(error) },
    ])
  })
})

describe("readRows on CSV", () => {
  const HEADER =
    "slug,title,subtitle,authors,year,language,original_language,pages,series_name,series_position,genres,subjects,moods,reading_age_from,reading_age_to,paperback_eur,paperback_usd,paperback_stock,paperback_isbn,ebook_eur,ebook_usd,description"
  const ROW =
    'good-omens,Good Omens,,Terry Pratchett | Neil Gaiman,1990,en,en,400,Omens,1,fantasy|crime,angels|the end,funny,14,,9.95,10.95,3,9783161484100,4.99,5.49,"An angel, a demon,\nand a mislaid boy."'

  it("makes a book of lists, nested columns and quoted line breaks", async () => {
    const [row] = await read("books.csv", `\uFEFF${HEADER}\n${ROW}\n`)
    expect(row).toEqual({
      line: 3,
      value: {
        slug: "good-omens",
        title: "Good Omens",
        authors: ["Terry Pratchett", "Neil Gaiman"],
        year: 1990,
        language: "en",
        original_language: "en",
        pages: 400,
        series: { name: "Omens", position: 1 },
        genres: ["fantasy", "crime"],
        subjects: ["angels", "the end"],
        moods: ["funny"],
        reading_age: { from: 14, to: null },
        formats: [
          { format: "paperback", eur: 9.95, usd: 10.95, stock: 3, isbn: "9783161484100" },
          { format: "ebook", eur: 4.99, usd: 5.49 },
        ],
        description: "An angel, a demon,\nand a mislaid boy.",
      },
    })
    expect(bookRecord.safeParse("value" in row && row.value).success).toBe(true)
  })

  it("reports every row with too few or too many cells by its line and reads on", async () => {
    const rows = await read(
      "books.csv",
      "slug,title\none,One\ntwo\nthree,Three\nfour,Four,4\nfive,Five\n"
    )
    const book = (slug: string) => expect.objectContaining({ slug })
    const error = expect.stringMatching(/column/i)
    expect(rows).toEqual([
      { line: 2, value: book("one") },
      { line: 3, error },
      { line: 4, value: book("three") },
      { line: 5, error },
      { line: 6, value: book("five") },
    ])
  })

  it("reports a quote that never ends, after the rows before it", async () => {
    const rows = await read("books.csv", 'slug,title\none,One\ntwo,"Two\nthree,Three\n')
    expect(rows[0]).toEqual({ line: 2, value: expect.objectContaining({ slug: "one" }) })
    expect(rows[1]).toEqual({ line: expect.any(Number), error: expect.stringMatching(/quote/i) })
  })
})

it("names the endings it reads when a file has another", async () => {
  await expect(read("books.xml", "<books/>")).rejects.toThrow(
    /books\.xml: .*\.jsonl, \.json, \.csv/
  )
})

it.each(["none.jsonl", "none.json", "none.csv"])("fails when %s isn't there", async (name) => {
  await expect(rowsOf(path.join(folder, name))).rejects.toThrow(/ENOENT/)
})
