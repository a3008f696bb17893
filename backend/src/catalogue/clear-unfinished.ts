import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { deleteInventoryItemWorkflow, deleteProductsWorkflow } from "@medusajs/medusa/core-flows"

/** What an import that was cut off left of a book. */
export interface UnfinishedProduct {
  product_id: string
}

/**
 * Removes what an import left that was cut off in the middle of its books — by a crash, so that the
 * workflow's own undoing never ran: products without channel, prices or stock, and inventory items that
 * no variant refers to, whose SKUs would stand in the way of the next attempt.
 *
 * @param skus the SKUs of the books that are to be created
 */
export async function clearUnfinished(
  container: MedusaContainer,
  products: UnfinishedProduct[],
  skus: string[]
): Promise<void> {
  if (products.length) {
    const ids = products.map(({ product_id }) => product_id)
    await deleteProductsWorkflow(container).run({ input: { ids } })
  }
  if (!skus.length) {
    return
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: items } = await query.graph({
    entity: "inventory_item",
    fields: ["id", "variants.id"],
    filters: { sku: skus },
  })
  const orphans = items.filter((item) => !(item as { variants?: unknown[] }).variants?.length)
  if (orphans.length) {
    await deleteInventoryItemWorkflow(container).run({ input: orphans.map(({ id }) => id) })
  }
}
