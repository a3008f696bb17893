import type { ISearchModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** What the Search Module's service has beside its published interface: what `db:migrate` calls. */
interface IndexMigrations {
  createIndexMigrationPlan(): Promise<{ index: string; action: string }[]>
  executeIndexMigrationPlan(actions: { index: string; action: string }[]): Promise<void>
}

/** Creates an index if it is new, fills a new version of it and makes that the one which is searched. */
export async function buildIndex(container: MedusaContainer, index: string): Promise<void> {
  const search = container.resolve(Modules.SEARCH) as ISearchModuleService & IndexMigrations
  const plan = await search.createIndexMigrationPlan()
  await search.executeIndexMigrationPlan(
    plan.filter((action) => action.index === index && action.action === "create")
  )
  await search.reindex({ index })
}
