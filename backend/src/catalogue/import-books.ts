import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createBooksWorkflow } from "../workflows/create-books"
import { type KnownBook, updateBooksWorkflow } from "../workflows/update-books"
import { type BookRecord, bookRecord, rejectionReason } from "./book-record"
import { clearUnfinished } from "./clear-unfinished"
import { skuOf } from "./product-input"
import { readRows } from "./read-rows"
import { loadStoreIds } from "./store-ids"

/** Books a workflow run: a run that fails is undone as a whole. */
const BATCH_SIZE = 25

export interface ImportReport {
  created: number
  updated: number
  rejected: Rejection[]
}

/** A row that wasn't imported, and why. */
export interface Rejection {
  file: string
  line: number
  reason: string
}

export interface ImportOptions {
  onProgress?: (report: ImportReport) => void
}

interface SourcedBook {
  file: string
  line: number
  book: BookRecord
}

/**
 * Imports books from files. A book is known by its slug, the product's handle: one that the store has
 * is updated, so that an import can be repeated and one that was cut off is completed by the next.
 * A row that can't be used is reported and the rest goes on.
 */
export async function importBooks(
  container: MedusaContainer,
  files: string[],
  { onProgress }: ImportOptions = {}
): Promise<ImportReport> {
  const report: ImportReport = { created: 0, updated: 0, rejected: [] }
  const location = await loadStoreIds(container)
  for await (const batch of batches(files, report)) {
    const known = await findKnown(container, batch)
    const unfinished = batch.filter(({ book }) => isUnfinished(book, known.get(book.slug)))
    const fresh = batch.filter(({ book }) => !known.has(book.slug)).concat(unfinished)
    await run(report, fresh, async () => {
      const books = fresh.map(({ book }) => book)
      await clearUnfinished(
        container,
        unfinished.map(({ book }) => known.get(book.slug)!),
        books.flatMap(skusOf)
      )
      await createBooksWorkflow(container).run({ input: { books, ...location } })
      report.created += books.length
    })
    const stale = batch.filter((row) => !fresh.includes(row))
    await run(report, stale, async () => {
      const books = stale.map(({ book }) => ({ ...known.get(book.slug)!, book }))
      await updateBooksWorkflow(container).run({ input: { books, store: location.store } })
      report.updated += books.length
    })
    onProgress?.(report)
  }
  return report
}

/**
 * Whether a product is what an import left that was cut off: the book is linked last of all, and the
 * variants, if any, bear our own SKUs. A product of the same handle that a merchant made is neither.
 */
function isUnfinished(book: BookRecord, known: Omit<KnownBook, "book"> | undefined): boolean {
  const own = new Set(skusOf(book))
  return !!known && !known.book_id && Object.keys(known.variants).every((sku) => own.has(sku))
}

function skusOf(book: BookRecord): string[] {
  return book.formats.map(({ format }) => skuOf(book.slug, format))
}

/** Runs a workflow over books; if it fails, each of them is reported with the reason. */
async function run(
  report: ImportReport,
  books: SourcedBook[],
  work: () => Promise<void>
): Promise<void> {
  if (!books.length) {
    return
  }
  try {
    await work()
  } catch (error) {
    const reason = `could not be stored: ${(error as Error).message}`
    report.rejected.push(...books.map(({ file, line }) => ({ file, line, reason })))
  }
}

async function* batches(files: string[], report: ImportReport): AsyncGenerator<SourcedBook[]> {
  const seen = new Map<string, string>()
  let batch: SourcedBook[] = []
  for (const file of files) {
    for await (const row of readRows(file)) {
      const { line } = row
      const parsed = "error" in row ? row : bookRecord.safeParse(row.value)
      if ("success" in parsed && parsed.success) {
        const first = seen.get(parsed.data.slug)
        if (first) {
          const reason = `"slug": ${parsed.data.slug} stands in ${first} already`
          report.rejected.push({ file, line, reason })
          continue
        }
        seen.set(parsed.data.slug, `${file}:${line}`)
        batch.push({ file, line, book: parsed.data })
      } else {
        const reason = "success" in parsed ? rejectionReason(parsed.error!) : parsed.error
        report.rejected.push({ file, line, reason })
      }
      if (batch.length === BATCH_SIZE) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length) {
    yield batch
  }
}

async function findKnown(
  container: MedusaContainer,
  batch: SourcedBook[]
): Promise<Map<string, Omit<KnownBook, "book">>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: products } = await query.graph({
    entity: "product",
    fields: ["id", "handle", "variants.id", "variants.sku", "book.id"],
    filters: { handle: batch.map(({ book }) => book.slug) },
  })
  return new Map(
    products.map((product) => [
      product.handle,
      {
        product_id: product.id,
        book_id: (product as { book?: { id: string } }).book?.id ?? null,
        variants: Object.fromEntries(
          product.variants.map((variant: { sku: string; id: string }) => [variant.sku, variant.id])
        ),
      },
    ])
  )
}
