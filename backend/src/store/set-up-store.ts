import type { ISearchModuleService, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createApiKeysWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import { type Finder, finder } from "./find-first"
import { setUpShipping } from "./set-up-shipping"
import { CHANNEL_NAME, KEY_TITLE, PAYMENT_PROVIDER, REGIONS, TAX_PROVIDER } from "./store-facts"

/** Creates what of the store is missing and leaves the rest as the merchant has it. */
export async function setUpStore(container: MedusaContainer): Promise<{ publishable_key: string }> {
  await activateProductIndex(container)
  const find = finder(container)
  const channel = await ensureChannel(container, find)
  await updateDefaults(container, find, channel.id)
  await ensureRegions(container, find)
  await setUpShipping(container, find, channel.id)
  const key = await ensureKey(container, find, channel.id)
  return { publishable_key: key.token }
}

async function ensureChannel(container: MedusaContainer, find: Finder): Promise<{ id: string }> {
  const existing = await find<{ id: string }>("sales_channel", ["id"], { name: CHANNEL_NAME })
  if (existing) {
    return existing
  }
  const { result } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: CHANNEL_NAME }] },
  })
  return result[0]
}

async function updateDefaults(
  container: MedusaContainer,
  find: Finder,
  channelId: string
): Promise<void> {
  const store = await find<{ id: string; supported_currencies: { currency_code: string }[] }>(
    "store",
    ["id", "supported_currencies.currency_code"],
    {}
  )
  const wanted = REGIONS.map(({ currency_code }) => currency_code)
  const present = store!.supported_currencies.map(({ currency_code }) => currency_code)
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store!.id },
      update: {
        name: CHANNEL_NAME,
        default_sales_channel_id: channelId,
        ...(wanted.every((code) => present.includes(code))
          ? {}
          : {
              supported_currencies: wanted.map((currency_code, i) => ({
                currency_code,
                is_default: i === 0,
              })),
            }),
      },
    },
  })
}

async function ensureRegions(container: MedusaContainer, find: Finder): Promise<void> {
  for (const { name, currency_code, countries } of REGIONS) {
    if (!(await find("region", ["id"], { name }))) {
      await createRegionsWorkflow(container).run({
        input: {
          regions: [
            {
              name,
              currency_code,
              countries: [...countries],
              payment_providers: [PAYMENT_PROVIDER],
            },
          ],
        },
      })
    }
    for (const country_code of countries) {
      if (!(await find("tax_region", ["id"], { country_code }))) {
        await createTaxRegionsWorkflow(container).run({
          input: [{ country_code, provider_id: TAX_PROVIDER }],
        })
      }
    }
  }
}

async function ensureKey(
  container: MedusaContainer,
  find: Finder,
  channelId: string
): Promise<{ id: string; token: string }> {
  const existing = await find<{ id: string; token: string }>("api_key", ["id", "token"], {
    title: KEY_TITLE,
    type: "publishable",
  })
  const key =
    existing ??
    (
      await createApiKeysWorkflow(container).run({
        input: { api_keys: [{ title: KEY_TITLE, type: "publishable", created_by: "" }] },
      })
    ).result[0]
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: key.id, add: [channelId] },
  })
  return key
}

/**
 * Builds the still empty product index, so that books imported before the first start of a server are
 * indexed as they come.
 */
async function activateProductIndex(container: MedusaContainer): Promise<void> {
  const search = container.resolve<ISearchModuleService>(Modules.SEARCH)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  try {
    await query.search({ entity: "product", fields: ["id"], pagination: { take: 1 } })
  } catch {
    await search.reindex({ index: "product" })
  }
}
