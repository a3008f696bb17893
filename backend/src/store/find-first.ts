import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** Finds the first row of an entity that the filters select, or undefined. */
export type Finder = <Row = { id: string }>(
  entity: string,
  fields: string[],
  filters: Record<string, unknown>
) => Promise<Row | undefined>

export function finder(container: MedusaContainer): Finder {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  return async <Row>(entity: string, fields: string[], filters: Record<string, unknown>) => {
    const { data } = await query.graph({ entity, fields, filters })
    return data[0] as Row | undefined
  }
}
