import type { ISearchModuleService } from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { BOOK_MODULE } from "../../src/modules/book"
import type BookModuleService from "../../src/modules/book/service"
import { saveBookFactsWorkflow } from "../../src/workflows/save-book-facts"

jest.setTimeout(180_000)

/** How soon a change is found, and the pause between two looks, in milliseconds. */
const FRESH_WITHIN_MS = 5_000
const LOOK_AGAIN_MS = 50

const FACTS = {
  year: 1815,
  pages: 300,
  language: "en",
  original_language: "en",
  subjects: [],
  reading_age: { from: 12, to: null },
}

medusaIntegrationTestRunner({
  testSuite: ({ getContainer }) => {
    const search = () => getContainer().resolve<ISearchModuleService>(Modules.SEARCH)
    const books = () => getContainer().resolve<BookModuleService>(BOOK_MODULE)
    let ids: string[]

    beforeEach(async () => {
      const container = getContainer()
      const { result } = await createProductsWorkflow(container).run({
        input: {
          products: ["Emma", "Persuasion", "Frankenstein"].map((title) => ({
            title,
            status: ProductStatus.PUBLISHED,
            options: [{ title: "Format", values: ["Paperback"] }],
          })),
        },
      })
      ids = result.map(({ id }) => id)
      const authors = ["Jane Austen", "Jane Austen", "Mary Shelley"]
      for (const [i, product_id] of ids.entries()) {
        const facts = {
          ...FACTS,
          authors: [authors[i]],
          series: { name: "Classics", position: i },
        }
        await saveBookFactsWorkflow(container).run({ input: { product_id, facts } })
      }
      await search().reindex({ index: "product" })
    })

    /** A fact of each of the three books, as the index has it. */
    async function indexed(field: "authors" | "series"): Promise<string[]> {
      const { hits } = await search().search({
        entity: "product",
        fields: ["id", field],
        filters: { id: ids },
      } as never)
      const byId = new Map(hits.map(({ id, document }) => [id, document]))
      return ids.map((id) => String((byId.get(id) as Record<string, unknown>)[field]))
    }

    /** Looks until the index has what is expected, or the time is over. */
    async function soon(field: "authors" | "series", expected: string[]): Promise<string[]> {
      const deadline = Date.now() + FRESH_WITHIN_MS
      for (;;) {
        const found = await indexed(field)
        if (found.join() === expected.join() || Date.now() > deadline) {
          return found
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
      }
    }

    it("renames the author of all books, and of no others", async () => {
      const before = ["Jane Austen", "Jane Austen", "Mary Shelley"]
      expect(await soon("authors", before)).toEqual(before)
      const [{ id }] = await books().listAuthors({ name: "Jane Austen" })
      await books().updateAuthors({ id, name: "A Lady" })
      const after = ["A Lady", "A Lady", "Mary Shelley"]
      expect(await soon("authors", after)).toEqual(after)
    })

    it("renames the series of its books", async () => {
      const [{ id }] = await books().listSeries({ name: "Classics" })
      await books().updateSeries({ id, name: "Penny Classics" })
      const after = ids.map(() => "Penny Classics")
      expect(await soon("series", after)).toEqual(after)
    })
  },
})
