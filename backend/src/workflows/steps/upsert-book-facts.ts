import type { InferTypeOf } from "@medusajs/framework/types"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { BookFacts } from "../../catalogue/book-record"
import { BOOK_MODULE } from "../../modules/book"
import type Author from "../../modules/book/models/author"
import type Series from "../../modules/book/models/series"
import type BookModuleService from "../../modules/book/service"

/** A book's facts; with an id those of a book that exists, without one of a new book. */
export interface BookFactsInput {
  id?: string
  facts: BookFacts
}

/**
 * Creates and updates books, and the authors and series they name that don't exist yet.
 * Returns the ids of the books in the order of the input.
 */
export const upsertBookFactsStep = createStep(
  "upsert-book-facts",
  async ({ books }: { books: BookFactsInput[] }, { container }) => {
    const service = container.resolve<BookModuleService>(BOOK_MODULE)
    const authors = await ensureAuthors(
      service,
      books.flatMap(({ facts }) => facts.authors)
    )
    const series = await ensureSeries(
      service,
      books.flatMap(({ facts }) => facts.series?.name ?? [])
    )
    const rows = books.map(({ id, facts }) => ({
      ...(id ? { id } : {}),
      year: facts.year,
      pages: facts.pages,
      language: facts.language,
      original_language: facts.original_language,
      subjects: facts.subjects,
      reading_age_from: facts.reading_age.from,
      reading_age_to: facts.reading_age.to,
      series_position: facts.series?.position ?? null,
      series_id: facts.series ? series.get(facts.series.name)! : null,
      authors: facts.authors.map((name) => authors.get(name)!),
    }))
    const known = rows.filter((row): row is typeof row & { id: string } => "id" in row)
    const before = known.length
      ? await service.listBooks(
          { id: known.map(({ id }) => id) },
          { relations: ["authors"], take: known.length }
        )
      : []
    const created = await service.createBooks(rows.filter((row) => !("id" in row)))
    if (known.length) {
      await service.updateBooks(known)
    }
    const createdIds = created.map(({ id }) => id)
    const queue = [...createdIds]
    const ids = books.map(({ id }) => id ?? queue.shift()!)
    return new StepResponse(ids, { createdIds, before })
  },
  async (undo, { container }) => {
    if (!undo) {
      return
    }
    const service = container.resolve<BookModuleService>(BOOK_MODULE)
    await service.deleteBooks(undo.createdIds)
    if (undo.before.length) {
      await service.updateBooks(
        undo.before.map(({ series: _series, authors, ...book }) => ({
          ...book,
          authors: authors.map(({ id }) => id),
        }))
      )
    }
  }
)

type Named = Pick<InferTypeOf<typeof Author> | InferTypeOf<typeof Series>, "id" | "name">

async function ensureAuthors(service: BookModuleService, names: string[]) {
  return await ensureNamed(
    names,
    (name) => service.listAuthors({ name }, { take: name.length }),
    (missing) => service.createAuthors(missing)
  )
}

async function ensureSeries(service: BookModuleService, names: string[]) {
  return await ensureNamed(
    names,
    (name) => service.listSeries({ name }, { take: name.length }),
    (missing) => service.createSeries(missing)
  )
}

/** Ids by name; what has no row yet gets one. */
async function ensureNamed(
  names: string[],
  list: (names: string[]) => Promise<Named[]>,
  create: (rows: { name: string }[]) => Promise<Named[]>
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(names)]
  const existing = distinct.length ? await list(distinct) : []
  const known = new Set(existing.map(({ name }) => name))
  const missing = distinct.filter((name) => !known.has(name)).map((name) => ({ name }))
  const created = missing.length ? await create(missing) : []
  return new Map([...existing, ...created].map(({ id, name }) => [name, id]))
}
