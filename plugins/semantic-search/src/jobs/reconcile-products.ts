import type { MedusaContainer } from "@medusajs/framework/types"
import { compareWhereDue } from "../maintenance"

/** How often is looked whether a comparison is due, in milliseconds: one small statement a look. */
const INTERVAL_MS = 5_000

/** Finds what no event told, or what an event told a process or a database that went away. */
export default async function reconcileProductsJob(container: MedusaContainer): Promise<void> {
  await compareWhereDue(container)
}

export const config = {
  name: "semantic-search-reconcile-products",
  schedule: { interval: INTERVAL_MS },
}
