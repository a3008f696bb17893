import { createReadStream } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { createInterface } from "node:readline"
import { CsvError, parse } from "csv-parse"

/** A row of a file: a value, or what is wrong with the line that it should have stood on. */
export type FileRow = { line: number; value: unknown } | { line: number; error: string }

/** The files that can be read, by their ending. */
export const READABLE = [".jsonl", ".json", ".csv"] as const

/**
 * Reads a catalogue file row by row, without holding all of it (but for `.json`, one list).
 *
 * @throws Error when the file can't be read at all
 */
export async function* readRows(file: string): AsyncGenerator<FileRow> {
  switch (path.extname(file).toLowerCase()) {
    case ".jsonl":
      return yield* readJsonLines(file)
    case ".json":
      return yield* readJson(file)
    case ".csv":
      return yield* readCsv(file)
    default:
      throw new Error(`${file}: a catalogue file ends in ${READABLE.join(", ")}`)
  }
}

async function* readJsonLines(file: string): AsyncGenerator<FileRow> {
  let line = 0
  for await (const text of createInterface({ input: createReadStream(file, "utf8") })) {
    line++
    if (text.trim()) {
      yield parseJson(line, text)
    }
  }
}

async function* readJson(file: string): AsyncGenerator<FileRow> {
  const content = await readFile(file, "utf8")
  const parsed = parseJson(1, content)
  if ("error" in parsed || !Array.isArray(parsed.value)) {
    yield { line: 1, error: "error" in parsed ? parsed.error : "is no list of books" }
    return
  }
  const values: unknown[] = parsed.value
  yield* values.map((value, i) => ({ line: i + 1, value }))
}

function parseJson(line: number, text: string): FileRow {
  try {
    return { line, value: JSON.parse(text) }
  } catch (error) {
    return { line, error: `is no JSON: ${(error as Error).message}` }
  }
}

/** Separates several values in one cell of a CSV file. */
const LIST_SEPARATOR = "|"

const LISTS = new Set(["authors", "genres", "subjects", "moods"])
const NUMBERS = new Set(["year", "pages"])

/**
 * A CSV file has a header line with the record's field names; lists are separated by `|`, and what is
 * nested has columns of its own: series_name, series_position, reading_age_from, reading_age_to, and
 * for each format such as paperback: paperback_eur, paperback_usd, paperback_stock, paperback_isbn.
 */
async function* readCsv(file: string): AsyncGenerator<FileRow> {
  const source = createReadStream(file)
  const parser = source.pipe(
    parse({
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      // A row with too few or too many cells is reported by `info.error`, and those after it are read.
      relax_column_count: true,
    })
  )
  // `pipe` passes data on, not errors.
  source.on("error", (error) => parser.destroy(error))
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRow>) {
      const line = info.lines
      yield info.error ? { line, error: info.error.message } : { line, value: fromCsv(record) }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) {
      throw error
    }
    yield { line: parser.info.lines, error: error.message }
  }
}

interface CsvRow {
  record: Record<string, string>
  info: { lines: number; error?: CsvError }
}

function fromCsv(record: Record<string, string>): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  const formats = new Map<string, Record<string, unknown>>()
  for (const [column, cell] of Object.entries(record)) {
    if (cell === "") {
      continue
    }
    const format = /^(.+)_(eur|usd|stock|isbn)$/.exec(column)
    if (format) {
      const [, name, key] = format
      const entry = formats.get(name) ?? { format: name }
      formats.set(name, { ...entry, [key]: key === "isbn" ? cell : Number(cell) })
    } else if (LISTS.has(column)) {
      row[column] = cell.split(LIST_SEPARATOR).map((value) => value.trim())
    } else {
      row[column] = NUMBERS.has(column) ? Number(cell) : cell
    }
  }
  const { series_name, series_position, reading_age_from, reading_age_to, ...rest } = row
  const optional = (value: unknown) => (value === undefined ? null : Number(value))
  return {
    subjects: [],
    moods: [],
    ...rest,
    ...(series_name ? { series: { name: series_name, position: optional(series_position) } } : {}),
    reading_age: { from: optional(reading_age_from), to: optional(reading_age_to) },
    formats: [...formats.values()],
  }
}
