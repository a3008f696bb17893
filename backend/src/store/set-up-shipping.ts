import type { IFulfillmentModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from "@medusajs/medusa/core-flows"
import type { Finder } from "./find-first"
import { FULFILLMENT_PROVIDER, LOCATION, REGIONS, SHIPPING_OPTIONS } from "./store-facts"

const FULFILLMENT_SET = "Libro-Mind delivery"

/** Creates the stock location, what ships from it and where to, and what that costs. */
export async function setUpShipping(
  container: MedusaContainer,
  find: Finder,
  channelId: string
): Promise<void> {
  const profile = await ensureProfile(container, find)
  const location = await ensureLocation(container, find)
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location.id, add: [channelId] },
  })
  const zones = await ensureZones(container, find, location.id)
  for (const [i, zone] of zones.entries()) {
    const { currency_code } = REGIONS[i]
    for (const { name, type, prices } of SHIPPING_OPTIONS) {
      if (await find("shipping_option", ["id"], { name, service_zone_id: zone.id })) {
        continue
      }
      await createShippingOptionsWorkflow(container).run({
        input: [
          {
            name,
            type,
            price_type: "flat",
            provider_id: FULFILLMENT_PROVIDER,
            service_zone_id: zone.id,
            shipping_profile_id: profile.id,
            prices: [{ currency_code, amount: prices[currency_code] }],
            rules: [
              { attribute: "enabled_in_store", operator: "eq", value: "true" },
              { attribute: "is_return", operator: "eq", value: "false" },
            ],
          },
        ],
      })
    }
  }
}

async function ensureProfile(container: MedusaContainer, find: Finder): Promise<{ id: string }> {
  const existing = await find("shipping_profile", ["id"], { type: "default" })
  if (existing) {
    return existing
  }
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default", type: "default" }] },
  })
  return result[0]
}

async function ensureLocation(container: MedusaContainer, find: Finder): Promise<{ id: string }> {
  const existing = await find("stock_location", ["id"], { name: LOCATION.name })
  if (existing) {
    return existing
  }
  const { result } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ ...LOCATION }] },
  })
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: result[0].id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: FULFILLMENT_PROVIDER },
  })
  return result[0]
}

/** A service zone for each region, in the regions' order. */
async function ensureZones(
  container: MedusaContainer,
  find: Finder,
  locationId: string
): Promise<{ id: string }[]> {
  const existing = await find<{ service_zones: { id: string; name: string }[] }>(
    "fulfillment_set",
    ["id", "service_zones.id", "service_zones.name"],
    { name: FULFILLMENT_SET }
  )
  const zones = existing?.service_zones ?? (await createZones(container, locationId))
  return REGIONS.map(({ name }) => zones.find((zone) => zone.name === name)!)
}

async function createZones(
  container: MedusaContainer,
  locationId: string
): Promise<{ id: string; name: string }[]> {
  const fulfillment = container.resolve<IFulfillmentModuleService>(Modules.FULFILLMENT)
  const set = await fulfillment.createFulfillmentSets({
    name: FULFILLMENT_SET,
    type: "shipping",
    service_zones: REGIONS.map(({ name, countries }) => ({
      name,
      geo_zones: countries.map((country_code) => ({ type: "country" as const, country_code })),
    })),
  })
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: locationId },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  })
  return set.service_zones
}
