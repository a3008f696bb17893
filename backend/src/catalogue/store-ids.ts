import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  createProductCategoriesWorkflow,
  createProductTagsWorkflow,
} from "@medusajs/medusa/core-flows"
import { GENRES, MOODS } from "./book-record"
import type { StoreIds } from "./product-input"

/**
 * Finds what every book refers to: the sales channel, the shipping profile, the stock location, and a
 * category for each genre and a tag for each mood, which are made where they are missing.
 *
 * @throws Error when the store hasn't been set up
 */
export async function loadStoreIds(
  container: MedusaContainer
): Promise<{ store: StoreIds; stock_location_id: string }> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const first = async (entity: string, fields: string[]) => {
    const { data } = await query.graph({
      entity,
      fields,
      pagination: { take: 1, order: { created_at: "ASC" } },
    })
    if (!data.length) {
      throw new Error(
        `The store has no ${entity}: run "npx medusa exec ./src/scripts/setup-store.ts" first`
      )
    }
    return data[0] as { id: string; default_sales_channel_id?: string }
  }
  const store = await first("store", ["id", "default_sales_channel_id"])
  const profile = await first("shipping_profile", ["id"])
  const location = await first("stock_location", ["id"])
  return {
    store: {
      sales_channel_id: store.default_sales_channel_id!,
      shipping_profile_id: profile.id,
      categories: await ensureCategories(container),
      tags: await ensureTags(container),
    },
    stock_location_id: location.id,
  }
}

async function ensureCategories(container: MedusaContainer): Promise<Record<string, string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product_category",
    fields: ["id", "handle"],
    filters: { handle: Object.keys(GENRES) },
  })
  const ids = new Map(data.map(({ handle, id }) => [handle, id]))
  const missing = Object.entries(GENRES).filter(([handle]) => !ids.has(handle))
  if (missing.length) {
    const { result } = await createProductCategoriesWorkflow(container).run({
      input: {
        product_categories: missing.map(([handle, name]) => ({ handle, name, is_active: true })),
      },
    })
    result.forEach(({ handle, id }) => ids.set(handle, id))
  }
  return Object.fromEntries(ids)
}

async function ensureTags(container: MedusaContainer): Promise<Record<string, string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product_tag",
    fields: ["id", "value"],
    filters: { value: [...MOODS] },
  })
  const ids = new Map(data.map(({ value, id }) => [value, id]))
  const missing = MOODS.filter((mood) => !ids.has(mood))
  if (missing.length) {
    const { result } = await createProductTagsWorkflow(container).run({
      input: { product_tags: missing.map((value) => ({ value })) },
    })
    result.forEach(({ value, id }) => ids.set(value, id))
  }
  return Object.fromEntries(ids)
}
