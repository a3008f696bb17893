import { isDeepStrictEqual } from "node:util"
import type { ISearchModuleService, MedusaContainer, SearchTypes } from "@medusajs/framework/types"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createSalesChannelsWorkflow,
  createStockLocationsWorkflow,
} from "@medusajs/medusa/core-flows"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import { createAdminHeaders } from "./admin-headers"

jest.setTimeout(180_000)

/** How long an event may take to come round, in milliseconds. */
const FRESH_WITHIN_MS = 5_000

/** The pause between two looks, in milliseconds. */
const LOOK_AGAIN_MS = 50

/** More than the two pages in which a rebuild reads them. */
const OTHER_PRODUCTS = 210

/** The products that are changed, each in its own way. */
const CHANGES = ["price", "stock", "channel", "deletion", "status"] as const

type Change = (typeof CHANGES)[number]

interface Changed {
  id: string
  variant_id: string
  inventory_item_id: string
}

/** A place in the course of a rebuild. Resolves when the rebuild has come there, and holds it. */
interface Stop {
  reached: Promise<void>
  goOn: () => void
}

type Seed = SearchTypes.SearchIndexDefinition["seed"]

medusaIntegrationTestRunner({
  testSuite: ({ api, dbConnection, getContainer }) => {
    let admin: Awaited<ReturnType<typeof createAdminHeaders>>
    let products: Record<Change, Changed>
    let channelId: string
    let locationId: string
    let undo: (() => void)[] = []

    const search = () => getContainer().resolve<ISearchModuleService>(Modules.SEARCH)

    beforeAll(async () => {
      const container = getContainer()
      admin = await createAdminHeaders(api, container)
      ;({ channelId, locationId } = await createStore(container))
      await createOthers(container)
      products = await createChanged(container, { channelId, locationId })
      await search().reindex({ index: "product" })
    })

    afterEach(() => {
      undo.forEach((restore) => restore())
      undo = []
    })

    /** Stops the next rebuild where `wrap` says. */
    function stopAt(wrap: (seed: Seed, stop: () => Promise<void>) => Seed): Stop {
      const definition = search().getIndex("product")
      const { seed } = definition
      const { stop, ...gate } = createStop()
      definition.seed = wrap(seed, stop)
      undo.push(() => {
        definition.seed = seed
      })
      return gate
    }

    /** Stops the next rebuild where it waits for vectors: none can be stored until it goes on. */
    async function stopAtVectors(): Promise<Stop> {
      // Texts whose vectors are known needn't wait for any.
      await dbConnection.raw("DELETE FROM semantic_search_embedding")
      const lock = await dbConnection.transaction()
      await lock.raw("LOCK TABLE semantic_search_embedding IN SHARE MODE")
      return { reached: waitFor(isStoringVectors), goOn: () => lock.commit() }
    }

    async function isStoringVectors(): Promise<boolean> {
      const { rows } = await dbConnection.raw(
        `SELECT 1 FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'
         AND query LIKE '%INSERT INTO semantic_search_embedding (%'`
      )
      return rows.length > 0
    }

    const moments: [string, () => Stop | Promise<Stop>][] = [
      [
        "before the first page is read",
        () =>
          stopAt(
            (seed, stop) =>
              async function* (context) {
                if (!context.catchup) {
                  await stop()
                }
                yield* seed(context)
              }
          ),
      ],
      ["when the first page is read and not yet written", () => stopAtPage(1)],
      ["when the last page is read and not yet written", () => stopAtPage(3)],
      [
        "between two pages",
        () =>
          stopAt(
            (seed, stop) =>
              async function* (context) {
                for await (const page of seed(context)) {
                  yield page
                  if (!context.catchup) {
                    await stop()
                  }
                }
              }
          ),
      ],
      ["during the wait for vectors", stopAtVectors],
      [
        "before it catches up",
        () =>
          stopAt(
            (seed, stop) =>
              async function* (context) {
                if (context.catchup) {
                  await stop()
                }
                yield* seed(context)
              }
          ),
      ],
      [
        "when it has read what to catch up with, and not yet written it",
        () =>
          stopAt(
            (seed, stop) =>
              async function* (context) {
                for await (const page of seed(context)) {
                  if (context.catchup) {
                    await stop()
                  }
                  yield page
                }
                if (context.catchup) {
                  await stop()
                }
              }
          ),
      ],
    ]

    /** Stops where a page has been read; only the first stop of a rebuild holds it. */
    function stopAtPage(number: number): Stop {
      return stopAt(
        (seed, stop) =>
          async function* (context) {
            let pages = 0
            for await (const page of seed(context)) {
              if (!context.catchup && ++pages === number) {
                await stop()
              }
              yield page
            }
          }
      )
    }

    async function changeAll(): Promise<void> {
      const post = (path: string, body: object) => api.post(`/admin${path}`, body, admin)
      const { price, stock, channel, deletion, status } = products
      await post(`/products/${price.id}/variants/${price.variant_id}`, {
        prices: [{ currency_code: "eur", amount: 77 }],
      })
      await post(`/inventory-items/${stock.inventory_item_id}/location-levels/${locationId}`, {
        stocked_quantity: 42,
      })
      await post(`/sales-channels/${channelId}/products`, { remove: [channel.id] })
      await api.delete(`/admin/products/${deletion.id}`, admin)
      await post(`/products/${status.id}`, { status: ProductStatus.DRAFT })
    }

    /** What the version that serves holds of the changed products. */
    async function seen() {
      const { hits } = await search().search({
        entity: "product",
        fields: ["id", "prices.eur", "stock", "sales_channel_ids", "status"],
        filters: { id: CHANGES.map((change) => products[change].id) },
      } as never)
      const of = (change: Change) =>
        hits.find(({ id }) => id === products[change].id)?.document as
          Record<string, unknown> | undefined
      return {
        price: (of("price")?.prices as { eur?: number } | undefined)?.eur,
        stock: of("stock")?.stock,
        channel: of("channel")?.sales_channel_ids,
        deletion: of("deletion") ?? null,
        status: of("status")?.status,
      }
    }

    const UNCHANGED = () => ({
      price: 10,
      stock: 5,
      channel: [channelId],
      deletion: expect.objectContaining({ id: products.deletion.id }),
      status: "published",
    })
    const CHANGED = { price: 77, stock: 42, channel: [], deletion: null, status: "draft" }

    it.each(moments)("a change %s survives the swap", async (_, prepare) => {
      expect(await seen()).toEqual(UNCHANGED())
      const { reached, goOn } = await prepare()
      const rebuilt = search().reindex({ index: "product" })
      await reached
      await changeAll()
      goOn()
      await rebuilt
      await expectSoon(seen, CHANGED)
    })

    it("a change that is read as the rebuilt version comes live survives", async () => {
      await search().reindex({ index: "product" })
      await changeAll()
      await expectSoon(seen, CHANGED)
    })

    it("changes all through a rebuild leave what was changed last", async () => {
      const { id, variant_id } = products.price
      let done = false
      const rebuilt = search()
        .reindex({ index: "product" })
        .finally(() => {
          done = true
        })
      let amount = 100
      while (!done) {
        amount++
        await api.post(
          `/admin/products/${id}/variants/${variant_id}`,
          { prices: [{ currency_code: "eur", amount }] },
          admin
        )
      }
      await rebuilt
      expect(amount).toBeGreaterThan(102)
      await expectSoon(async () => (await seen()).price, amount)
    })
  },
})

/** A gate that is open after it was passed once: a rebuild stops at its first stop only. */
function createStop(): Stop & { stop: () => Promise<void> } {
  let goOn = () => {}
  let arrive = () => {}
  const opened = new Promise<void>((resolve) => (goOn = resolve))
  const reached = new Promise<void>((resolve) => (arrive = resolve))
  return {
    reached,
    goOn,
    stop: () => {
      arrive()
      return opened
    },
  }
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + FRESH_WITHIN_MS
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error("It didn't come to that in time")
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** Looks until what is seen is what is expected, and says what was seen last when it never is. */
async function expectSoon(look: () => Promise<unknown>, expected: unknown): Promise<void> {
  let seen: unknown
  const isRight = async () => {
    seen = await look()
    return isDeepStrictEqual(seen, expected)
  }
  await waitFor(isRight).catch(() => expect(seen).toEqual(expected))
}

async function createStore(container: MedusaContainer) {
  const { result: channels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Shop" }] },
  })
  const { result: locations } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: "Warehouse" }] },
  })
  return { channelId: channels[0].id, locationId: locations[0].id }
}

/** Products among which the changed ones stand; their ids come before those of the latter. */
async function createOthers(container: MedusaContainer): Promise<void> {
  await createProductsWorkflow(container).run({
    input: {
      products: Array.from({ length: OTHER_PRODUCTS }, (_, i) => ({
        title: `Another book ${i}`,
        description: `It tells of matter ${i}.`,
        status: ProductStatus.PUBLISHED,
        options: [{ title: "Format", values: ["Paperback"] }],
      })),
    },
  })
}

async function createChanged(
  container: MedusaContainer,
  { channelId, locationId }: { channelId: string; locationId: string }
): Promise<Record<Change, Changed>> {
  const { result } = await createProductsWorkflow(container).run({
    input: {
      products: CHANGES.map((change) => ({
        title: `Changed in its ${change}`,
        description: `A book about ${change}.`,
        status: ProductStatus.PUBLISHED,
        sales_channels: [{ id: channelId }],
        options: [{ title: "Format", values: ["Paperback"] }],
        variants: [
          {
            title: "Paperback",
            options: { Format: "Paperback" },
            manage_inventory: true,
            prices: [{ currency_code: "eur", amount: 10 }],
          },
        ],
      })),
    },
  })
  const { data: variants } = await container.resolve("query").graph({
    entity: "product_variant",
    fields: ["id", "product_id", "inventory_items.inventory_item_id"],
    filters: { product_id: result.map(({ id }) => id) },
  })
  const entries = CHANGES.map((change, i) => {
    const { id } = result[i]
    const variant = variants.find(({ product_id }) => product_id === id)!
    const { inventory_item_id } = variant.inventory_items![0] as { inventory_item_id: string }
    return [change, { id, variant_id: variant.id, inventory_item_id }] as const
  })
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: entries.map(([, { inventory_item_id }]) => ({
        inventory_item_id,
        location_id: locationId,
        stocked_quantity: 5,
      })),
    },
  })
  return Object.fromEntries(entries) as Record<Change, Changed>
}
