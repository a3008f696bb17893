import { Modules, ProductStatus } from "@medusajs/framework/utils"
import {
  createProductCategoriesWorkflow,
  createProductsWorkflow,
} from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { createAdminHeaders } from "./admin-headers"

jest.setTimeout(180_000)

/** How long an event may take to come round, in milliseconds. */
const EVENT_TIMEOUT = 5000

const FACTS = {
  authors: ["Terry Pratchett", "Neil Gaiman"],
  year: 1990,
  language: "en",
  original_language: "en",
  pages: 400,
  series: { name: "Omens", position: 1 },
  subjects: ["angels", "the end of the world"],
  reading_age: { from: 14, to: null },
}

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let admin: Awaited<ReturnType<typeof createAdminHeaders>>
    let productId: string
    let draftHandle: string

    /** Answers instead of throwing, whatever the status. */
    const anyStatus = { validateStatus: () => true }
    const book = (id: string) => `/admin/products/${id}/book`
    const save = (id: string, facts: unknown) =>
      api.post(book(id), facts, { ...admin, ...anyStatus })
    const cover = (file: string, headers = {}) =>
      api.get(`/covers/${file}`, { headers, ...anyStatus })

    beforeEach(async () => {
      const container = getContainer()
      admin = await createAdminHeaders(api, container)
      const { result: categories } = await createProductCategoriesWorkflow(container).run({
        input: { product_categories: [{ name: "Fantasy", handle: "fantasy", is_active: true }] },
      })
      const product = (title: string, status: ProductStatus) => ({
        title,
        status,
        category_ids: [categories[0].id],
        options: [{ title: "Format", values: ["Paperback"] }],
      })
      const { result: products } = await createProductsWorkflow(container).run({
        input: {
          products: [
            product("Good Omens & <Others>", ProductStatus.PUBLISHED),
            product("Not Yet", ProductStatus.DRAFT),
          ],
        },
      })
      productId = products[0].id
      draftHandle = products[1].handle
    })

    describe("the book of a product in the admin", () => {
      it("is none, then created, then replaced as a whole, and tells the index each time", async () => {
        expect((await api.get(book(productId), admin)).data).toEqual({ book: null })
        const events: unknown[] = []
        const eventBus = getContainer().resolve(Modules.EVENT_BUS)
        eventBus.subscribe("product.updated", async ({ data }: { data: unknown }) => {
          events.push(data)
        })

        const created = await save(productId, FACTS)
        expect(created.status).toBe(200)
        expect(created.data.book).toEqual({
          ...FACTS,
          authors: expect.arrayContaining(FACTS.authors),
        })
        await waitFor(() => events.length === 1)

        const changed = {
          ...FACTS,
          authors: ["Neil Gaiman"],
          series: null,
          subjects: [],
          year: -800,
        }
        expect((await save(productId, changed)).data).toEqual({ book: changed })
        expect((await api.get(book(productId), admin)).data).toEqual({ book: changed })
        await waitFor(() => events.length === 2)
        expect(events).toEqual([{ id: productId }, { id: productId }])
      })

      it("is refused with a sentence that names the field, and nothing is written", async () => {
        const wrong: [string, unknown, RegExp][] = [
          ["no author", { ...FACTS, authors: [] }, /"authors": names nobody/],
          [
            "an author twice",
            { ...FACTS, authors: ["Ada", "Ada"] },
            /"authors": names somebody twice/,
          ],
          ["a year in words", { ...FACTS, year: "soon" }, /"year": /],
          [
            "an age that ends before it begins",
            { ...FACTS, reading_age: { from: 9, to: 3 } },
            /"reading_age": ends before it begins/,
          ],
          [
            "a NUL character",
            { ...FACTS, subjects: ["a\0b"] },
            /"subjects.0": holds a NUL character/,
          ],
          ["an unknown field", { ...FACTS, publisher: "Gollancz" }, /publisher/],
          ["no body", undefined, /.+/],
        ]
        for (const [what, body, message] of wrong) {
          const { status, data } = await save(productId, body)
          expect({ what, status, message: data.message }).toEqual({
            what,
            status: 400,
            message: expect.stringMatching(message),
          })
        }
        expect((await api.get(book(productId), admin)).data).toEqual({ book: null })
      })

      it("is 404 for a product that isn't there, and 401 without a session", async () => {
        expect((await save("prod_none", FACTS)).status).toBe(404)
        expect((await api.get(book("prod_none"), { ...admin, ...anyStatus })).status).toBe(404)
        expect((await api.get(book(productId), anyStatus)).status).toBe(401)
        expect((await api.post(book(productId), FACTS, anyStatus)).status).toBe(401)
      })
    })

    describe("the cover of a product", () => {
      it("is drawn from its title and authors, and changes with them", async () => {
        const before = await cover("good-omens-others.svg")
        expect(before.status).toBe(200)
        expect(before.headers).toMatchObject({
          "content-type": "image/svg+xml; charset=utf-8",
          "cache-control": "public, max-age=3600",
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
          "x-content-type-options": "nosniff",
        })
        expect(before.data).toContain("<title>Good Omens &amp; &lt;Others&gt;</title>")

        const { etag } = before.headers
        const unchanged = await cover("good-omens-others.svg", { "If-None-Match": etag })
        expect([unchanged.status, unchanged.data]).toEqual([304, ""])

        await save(productId, FACTS)
        const after = await cover("good-omens-others.svg", { "If-None-Match": etag })
        expect(after.status).toBe(200)
        expect(after.data).toMatch(/neil gaiman/i)
      })

      it("is 404 for what isn't sold, and for other names", async () => {
        const names = [
          `${draftHandle}.svg`,
          "nobody-wrote-this.svg",
          "good-omens-others.png",
          ".svg",
          "%00.svg",
        ]
        const statuses = await Promise.all(
          names.map(async (name) => [name, (await cover(name)).status])
        )
        expect(statuses).toEqual(names.map((name) => [name, 404]))
      })
    })
  },
})

/** Waits until something holds, and fails when it doesn't in time. */
async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + EVENT_TIMEOUT
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(`Nothing came in ${EVENT_TIMEOUT} ms: ${condition}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
