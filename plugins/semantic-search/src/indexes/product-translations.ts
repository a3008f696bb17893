import { MedusaModule } from "@medusajs/framework/modules-sdk"
import type { SearchTypes } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { IndexLocale } from "./locales"
import { publicCategories } from "./product-document"
import type { ProductRow } from "./product-graph"

/** What is read of a product beside, so that the translations of its surroundings can be told. */
export const TRANSLATED_GRAPH_FIELDS = ["collection.id", "type.id", "tags.id"] as const

/** The texts of a product in one language. What isn't translated is absent. */
export interface TranslatedTexts {
  title?: string
  subtitle?: string
  description?: string
  collection?: string
  type?: string
  tags?: string[]
  categories?: string[]
}

/** By the keys of locales. A locale into which nothing is translated is absent. */
export type ProductTranslations = Record<string, TranslatedTexts>

/** A row of Medusa's Translation Module. */
interface TranslationRow {
  reference_id: string
  locale_code: string
  translations?: Record<string, unknown> | null
}

/** The translated fields of a thing, by the thing's id. */
type TextsById = Map<string, Record<string, unknown>>

/** Things whose translations are read at a time. */
const PAGE_SIZE = 500

/**
 * Reads what Medusa's Translation Module has of products: their own texts, and the names of their
 * collection, type, tags and categories.
 *
 * It asks for the translations rather than for translated products, as `query.graph` with a locale
 * answers the original where there is no translation, and from a cache where the store has one.
 */
export class TranslationReader {
  private hasWarned_ = false

  constructor(private readonly locales_: IndexLocale[]) {}

  /** @returns the translations of one of the products; undefined: the index holds none */
  async read(
    container: SearchTypes.SearchIngestionContext["container"],
    products: ProductRow[]
  ): Promise<(product: ProductRow) => ProductTranslations | undefined> {
    if (!this.locales_.length) {
      return () => undefined
    }
    if (!MedusaModule.isInstalled(Modules.TRANSLATION)) {
      this.warn(container)
      return () => ({})
    }
    const ids = [...new Set(products.flatMap(translatedIds))]
    const byLocale = await this.readTexts(container, ids)
    return (product) =>
      Object.fromEntries(
        this.locales_.flatMap(({ code, key }) => {
          const texts = textsOf(product, byLocale.get(code) ?? new Map())
          return Object.keys(texts).length ? [[key, texts] as const] : []
        })
      )
  }

  private async readTexts(
    { query }: SearchTypes.SearchIngestionContext["container"],
    ids: string[]
  ): Promise<Map<string, TextsById>> {
    const codes = this.locales_.map(({ code }) => code)
    const byLocale = new Map(codes.map((code): [string, TextsById] => [code, new Map()]))
    for (let start = 0; start < ids.length; start += PAGE_SIZE) {
      const page = ids.slice(start, start + PAGE_SIZE)
      const { data } = await query.graph({
        entity: "translation",
        // Without the reference, the module doesn't know which fields the merchant translates.
        fields: ["reference", "reference_id", "locale_code", "translations"],
        filters: { reference_id: page, locale_code: codes },
        // There is one row at most for a thing in a locale.
        pagination: { take: page.length * codes.length },
      } as Parameters<typeof query.graph>[0])
      for (const { reference_id, locale_code, translations } of data as TranslationRow[]) {
        byLocale.get(locale_code)?.set(reference_id, translations ?? {})
      }
    }
    return byLocale
  }

  private warn({ logger }: SearchTypes.SearchIngestionContext["container"]): void {
    if (!this.hasWarned_) {
      this.hasWarned_ = true
      logger.warn(
        `[semantic-search] The index of products has the locales ${this.locales_.map(({ code }) => code).join(", ")}, but the Translation Module isn't there, so it holds no translations. Add { resolve: "@medusajs/medusa/translation" } to "modules" in medusa-config.ts and set featureFlags.translation, or take "locales" out of defineSemanticProductIndex.`
      )
    }
  }
}

function translatedIds(product: ProductRow): string[] {
  const { id, collection, type, tags, categories } = product
  const things = [{ id }, collection, type, ...(tags ?? []), ...(categories ?? [])]
  return things.flatMap((thing) => thing?.id ?? [])
}

function textsOf(product: ProductRow, texts: TextsById): TranslatedTexts {
  /** As Medusa's own reading: an empty translation is none. */
  const text = (thing: { id?: string } | null | undefined, field: string) => {
    const value = thing?.id === undefined ? undefined : texts.get(thing.id)?.[field]
    return typeof value === "string" && value.trim() ? value : undefined
  }
  const list = (things: ({ id?: string } | null)[] | null | undefined, field: string) => {
    const values = (things ?? []).flatMap((thing) => text(thing, field) ?? [])
    return values.length ? [...new Set(values)].sort() : undefined
  }
  const found: TranslatedTexts = {
    title: text(product, "title"),
    subtitle: text(product, "subtitle"),
    description: text(product, "description"),
    collection: text(product.collection, "title"),
    type: text(product.type, "value"),
    tags: list(product.tags, "value"),
    categories: list(publicCategories(product), "name"),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
