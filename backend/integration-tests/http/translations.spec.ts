import type { ISearchModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createProductCategoriesWorkflow,
  createProductsWorkflow,
  createSalesChannelsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
} from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { createAdminHeaders } from "./admin-headers"

jest.setTimeout(180_000)

// The configuration reads it, before the runner applies an environment of its own.
process.env.LIBRO_LOCALES = "de-DE,fr-FR"

/** How long a change may take to be found, in milliseconds. */
const FRESH_WITHIN_MS = 5_000

/** The pause between two looks, in milliseconds. */
const LOOK_AGAIN_MS = 50

interface Hit {
  id: string
  document: { translations?: Record<string, Record<string, unknown>> }
  highlights?: Record<string, string[]>
}

medusaIntegrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let admin: Awaited<ReturnType<typeof createAdminHeaders>>
    let shopper: Record<string, string>
    let roofs: string
    let mill: string
    let categoryId: string

    beforeAll(async () => {
      const container = getContainer()
      admin = await createAdminHeaders(api, container)
      const store = await createStore(container)
      ;({ categoryId } = store)
      ;[roofs, mill] = store.products
      shopper = { "x-publishable-api-key": store.key }
      await container
        .resolve<ISearchModuleService>(Modules.SEARCH)
        .reindex({ index: "product" } as never)
    })

    /** Hits by keyword, so that nothing is found by its meaning alone. */
    async function search(
      q: string,
      { headers = {}, ...options }: { headers?: Record<string, string> } & Record<string, unknown>
    ): Promise<Hit[]> {
      const body = {
        entity: "product",
        fields: ["id", "translations.de_de.title", "translations.de_de.categories"],
        filters: { q },
        search_options: {
          vector: { field: "embedding", query: q, semantic_ratio: 0 },
          typo_tolerance: false,
          ...options,
        },
      }
      const { data } = await api.post("/store/search", body, {
        headers: { ...shopper, ...headers },
      })
      return data.results[0].hits
    }

    const GERMAN = { locales: ["de-DE"] }

    async function finds(q: string, options: Record<string, unknown> = GERMAN): Promise<string[]> {
      return (await search(q, options)).map(({ id }) => id)
    }

    /** Waits until a search has these hits. */
    async function willFind(q: string, ids: string[]): Promise<void> {
      const deadline = Date.now() + FRESH_WITHIN_MS
      let found = await finds(q)
      while (found.join() !== ids.join()) {
        if (Date.now() > deadline) {
          throw new Error(`"${q}" finds ${found.join() || "nothing"}, not ${ids.join()}`)
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
        found = await finds(q)
      }
    }

    async function translate(batch: Record<string, unknown[]>) {
      const { data } = await api.post("/admin/translations/batch", batch, admin)
      return data as { created: { id: string }[] }
    }

    const german = (
      reference: string,
      reference_id: string,
      translations: Record<string, string>
    ) => ({ reference, reference_id, locale_code: "de-DE", translations })

    it("are found in their language, as changed, and no more when they are gone", async () => {
      expect(await finds("Häusern")).toEqual([])
      const { created } = await translate({
        create: [
          german("product", roofs, {
            title: "Alte Häuser",
            description: "Von Dächern, die lange gehalten haben.",
          }),
        ],
      })
      const [{ id }] = created
      await willFind("Häusern", [roofs])
      // Other inflections, and by the header that Medusa's storefronts send with each request.
      expect(await finds("haus")).toEqual([roofs])
      expect(await finds("dach")).toEqual([roofs])
      const requested = (locale: string) => ({ headers: { "x-medusa-locale": locale } })
      expect(await finds("Häusern", requested("de-DE"))).toEqual([roofs])
      expect(await finds("Häusern", requested("ja-JP"))).toEqual([])
      expect(await finds("Häusern", { ...requested("de-DE"), locales: ["en"] })).toEqual([])
      // The original is found beside it, and what isn't translated into French isn't repeated there.
      expect(await finds("roof")).toEqual([roofs])
      const [hit] = await search("Häusern", {
        ...GERMAN,
        highlight: { fields: ["title", "translations.de_de.title"] },
      })
      expect(hit.document.translations).toEqual({ de_de: { title: "Alte Häuser" } })
      expect(hit.highlights).toEqual({ "translations.de_de.title": ["Alte <mark>Häuser</mark>"] })

      await translate({ update: [{ id, translations: { title: "Alte Türme" } }] })
      await willFind("Turm", [roofs])
      expect(await finds("Häusern")).toEqual([])

      await translate({ delete: [id] })
      await willFind("Turm", [])
    })

    it("of a category are found with its products", async () => {
      const { created } = await translate({
        create: [german("product_category", categoryId, { name: "Bauwerke" })],
      })
      await willFind("Bauwerk", [mill, roofs].sort())
      const [hit] = await search("Bauwerk", GERMAN)
      expect(hit.document.translations).toEqual({ de_de: { categories: ["Bauwerke"] } })
      await translate({ delete: created.map(({ id }) => id) })
      await willFind("Bauwerk", [])
    })
  },
})

/** A channel with its key, a category, and two books in it. */
async function createStore(container: MedusaContainer) {
  const { result: channels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Shop" }] },
  })
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ type: "publishable", title: "Shop", created_by: "" }] },
  })
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: keys[0].id, add: [channels[0].id] },
  })
  const { result: categories } = await createProductCategoriesWorkflow(container).run({
    input: { product_categories: [{ name: "Buildings", is_active: true }] },
  })
  const { result: products } = await createProductsWorkflow(container).run({
    input: {
      products: ["Roofs that lasted", "The mill"].map((title) => ({
        title,
        status: ProductStatus.PUBLISHED,
        category_ids: [categories[0].id],
        sales_channels: [{ id: channels[0].id }],
        options: [{ title: "Format", values: ["Paperback"] }],
      })),
    },
  })
  return {
    key: keys[0].token,
    categoryId: categories[0].id,
    products: products.map(({ id }) => id),
  }
}
