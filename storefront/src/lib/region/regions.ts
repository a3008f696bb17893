import "server-only"
import { cacheLife, cacheTag } from "next/cache"
import { cookies } from "next/headers"
import { cache } from "react"
import { SHARED_LIFE } from "../cache/life"
import { medusa } from "../medusa/client"

/** Where the shop sells, and in which currency. */
export interface Region {
  id: string
  name: string
  /** ISO 4217 in lower case. */
  currency: string
  countries: { code: string; name: string }[]
}

export const REGION_COOKIE = "libro_region"

/** All regions of the shop, by name. */
export async function listRegions(): Promise<Region[]> {
  "use cache"
  cacheLife(SHARED_LIFE)
  cacheTag("regions")
  const { regions } = await medusa().store.region.list()
  return regions
    .map(({ id, name, currency_code, countries }) => ({
      id,
      name,
      currency: currency_code,
      countries: (countries ?? [])
        .map(({ iso_2, display_name }) => ({ code: iso_2 ?? "", name: display_name ?? "" }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/**
 * The shopper's region: the one in the cookie, or the first. A cookie that names a region which is no
 * more counts for nothing; nobody is ever redirected for the sake of a region.
 *
 * @throws Error when the shop has no region at all
 */
export const currentRegion = cache(async (): Promise<Region> => {
  const chosen = (await cookies()).get(REGION_COOKIE)?.value
  const regions = await listRegions()
  const region = regions.find(({ id }) => id === chosen) ?? regions[0]
  if (!region) {
    throw new Error("The shop has no region: create one in the admin under Settings, Regions.")
  }
  return region
})
