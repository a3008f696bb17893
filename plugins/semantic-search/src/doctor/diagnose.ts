import type { ISearchModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { SEMANTIC_SEARCH_MODULE } from "../modules/semantic-search"
import type SemanticSearchModuleService from "../modules/semantic-search/service"
import type { SemanticSearchStatus } from "../modules/semantic-search/status"
import { type Finding, findings, type IndexState } from "./findings"

/** The identifier of the provider whose indexes are looked at. */
const PROVIDER = "pgvector"

/** Everything that the doctor can say. */
export interface Diagnosis {
  healthy: boolean
  findings: Finding[]
  indexes: IndexState[]
  status: SemanticSearchStatus
}

/**
 * Examines semantic search.
 *
 * @param container Medusa's container: a request's scope, or what a script is given
 */
export async function diagnose(container: MedusaContainer): Promise<Diagnosis> {
  const service = container.resolve<SemanticSearchModuleService>(SEMANTIC_SEARCH_MODULE)
  const status = await service.status()
  const indexes = await indexStates(container, status)
  const workerMode = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE).projectConfig
    .workerMode
  const found = findings(status, indexes, { workerExpected: workerMode !== "server" })
  return {
    healthy: !found.some(({ severity }) => severity === "error"),
    findings: found,
    indexes,
    status,
  }
}

async function indexStates(
  container: MedusaContainer,
  status: SemanticSearchStatus
): Promise<IndexState[]> {
  const searchModule = container.resolve<ISearchModuleService>(Modules.SEARCH)
  const infos = await searchModule.listIndexes()
  return infos
    .filter(({ provider }) => provider === PROVIDER)
    .map((info) => {
      const { physical_name: root } = searchModule.getIndex(info.name)
      const versions = status.indexes.filter((version) => version.root === root)
      const active = versions.find((version) => version.active) ?? null
      const building = versions.find(({ version }) => version > (active?.version ?? 0)) ?? null
      return { name: info.name, status: info.status, active, building }
    })
}
