import { MedusaModule } from "@medusajs/framework/modules-sdk"
import { readLocales } from "./locales"
import type { ProductRow } from "./product-graph"
import { TranslationReader } from "./product-translations"

interface Row {
  reference_id: string
  locale_code: string
  translations: Record<string, unknown> | null
}

const row = (locale_code: string, reference_id: string, translations: Row["translations"]) => ({
  locale_code,
  reference_id,
  translations,
})

const PRODUCTS: ProductRow[] = [
  {
    id: "p1",
    title: "Houses",
    collection: { id: "pcol_1" },
    type: { id: "ptyp_1" },
    tags: [{ id: "ptag_2" }, null, { id: "ptag_1" }],
    categories: [{ id: "pcat_1" }, { id: "pcat_2", is_internal: true }, { id: "pcat_3" }],
  },
  { id: "p2", title: "Dune", tags: [{ id: "ptag_1" }] },
]

/** A store whose Translation Module has rows, or isn't there. */
function store(rows: Row[], { installed = true } = {}) {
  jest.spyOn(MedusaModule, "isInstalled").mockReturnValue(installed)
  const asked: { entity: string; filters: { reference_id: string[]; locale_code: string[] } }[] = []
  const warnings: string[] = []
  const container = {
    query: {
      graph: async (input: (typeof asked)[number]) => {
        asked.push(input)
        const { reference_id, locale_code } = input.filters
        return {
          data: rows.filter(
            (each) =>
              reference_id.includes(each.reference_id) && locale_code.includes(each.locale_code)
          ),
        }
      },
    },
    logger: { warn: (text: string) => warnings.push(text) },
  } as never
  return { container, asked, warnings }
}

const reader = (...locales: string[]) => new TranslationReader(readLocales(locales))

afterEach(() => {
  jest.restoreAllMocks()
})

describe("TranslationReader", () => {
  it("reads the texts of products and the names around them, of all locales at once", async () => {
    const { container, asked } = store([
      row("de-DE", "p1", { title: "Häuser", subtitle: "Ein Buch", description: "Von Dächern" }),
      row("de-DE", "pcol_1", { title: "Klassiker" }),
      row("de-DE", "ptyp_1", { value: "Buch" }),
      row("de-DE", "ptag_1", { value: "ruhig" }),
      row("de-DE", "ptag_2", { value: "dunkel" }),
      row("de-DE", "pcat_1", { name: "Wohnen", description: "…" }),
      row("fr-FR", "p1", { title: "Maisons" }),
    ])
    const translationsOf = await reader("de-DE", "fr-FR").read(container, PRODUCTS)
    expect(translationsOf(PRODUCTS[0])).toEqual({
      de_de: {
        title: "Häuser",
        subtitle: "Ein Buch",
        description: "Von Dächern",
        collection: "Klassiker",
        type: "Buch",
        tags: ["dunkel", "ruhig"],
        categories: ["Wohnen"],
      },
      fr_fr: { title: "Maisons" },
    })
    expect(translationsOf(PRODUCTS[1])).toEqual({ de_de: { tags: ["ruhig"] } })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      entity: "translation",
      filters: { locale_code: ["de-DE", "fr-FR"] },
      pagination: { take: 2 * asked[0].filters.reference_id.length },
    })
    expect(new Set(asked[0].filters.reference_id).size).toBe(asked[0].filters.reference_id.length)
  })

  it("leaves out what isn't translated, rather than repeat the original", async () => {
    const { container } = store([
      row("de-DE", "p1", { title: " ", subtitle: null, description: "", material: "Papier" }),
      row("de-DE", "p2", null),
      row("fr-FR", "p2", { title: "Dune", tags: ["no text"] }),
    ])
    const translationsOf = await reader("de-DE").read(container, PRODUCTS)
    expect(PRODUCTS.map(translationsOf)).toEqual([{}, {}])
  })

  it("shows no name of a category that shoppers aren't to see", async () => {
    const { container } = store([row("de-DE", "pcat_2", { name: "Intern" })])
    const translationsOf = await reader("de-DE").read(container, PRODUCTS)
    expect(translationsOf(PRODUCTS[0])).toEqual({})
  })

  it("reads many in several parts", async () => {
    const products = Array.from({ length: 1_001 }, (_, i): ProductRow => ({ id: `p${i}` }))
    const { container, asked } = store([row("de-DE", "p1000", { title: "Häuser" })])
    const translationsOf = await reader("de-DE").read(container, products)
    expect(asked.map(({ filters }) => filters.reference_id.length)).toEqual([500, 500, 1])
    expect(translationsOf(products[1_000])).toEqual({ de_de: { title: "Häuser" } })
  })

  it("says once that the module isn't there, and fills nothing", async () => {
    const { container, asked, warnings } = store([], { installed: false })
    const translations = reader("de-DE", "fr-FR")
    for (let batch = 0; batch < 2; batch++) {
      expect((await translations.read(container, PRODUCTS))(PRODUCTS[0])).toEqual({})
    }
    expect(asked).toEqual([])
    expect(warnings).toEqual([
      expect.stringMatching(/locales de-DE, fr-FR, but the Translation Module isn't there/),
    ])
  })

  it("asks nothing where the index has no locales", async () => {
    const { container, asked } = store([])
    expect((await reader().read(container, PRODUCTS))(PRODUCTS[0])).toBeUndefined()
    expect(asked).toEqual([])
  })
})
