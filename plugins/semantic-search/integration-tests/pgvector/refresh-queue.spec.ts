import { PRODUCTS_CHANGED } from "../../src/indexes"
import { queueChangedProducts, refreshQueuedProducts } from "../../src/maintenance"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { openProductShop, type ProductShop } from "./product-shop"

// Thousands of products.
jest.setTimeout(60_000)

let database: TestDatabase
let provider: Provider

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())
beforeEach(() => database.rows("DELETE FROM semantic_search_refresh"))

/** Half a catalogue of 6,000. */
const TAGGED = 3_000

/** What the plugin reads at a time, at most. */
const BATCH = 100

const TAG = { id: "tag", value: "old" }

function catalogue(count = TAGGED, tag = TAG) {
  return Array.from({ length: count }, (_, i) => ({
    id: `prod_${String(i).padStart(5, "0")}`,
    title: `Book ${i}`,
    tag,
  }))
}

/** Renames the tag of all products, and says so as Medusa does. */
async function rename(shop: ProductShop, value: string): Promise<void> {
  shop.products.forEach((product) => {
    product.tag = { ...product.tag, value }
  })
  await queueChangedProducts(shop.container, {
    name: "product-tag.updated",
    data: { id: TAG.id },
  })
}

/** How many documents have each tag. */
async function tagsInIndex(shop: ProductShop): Promise<Record<string, number>> {
  const rows = await database.rows<{ tag: string; count: number }>(
    `SELECT document -> 'tags' ->> 0 AS tag, count(*)::int AS count
     FROM semantic_search_doc_${shop.index.physical_name} GROUP BY 1`
  )
  return Object.fromEntries(rows.map(({ tag, count }) => [tag, count]))
}

async function queued(): Promise<string[]> {
  const rows = await database.rows<{ id: string }>("SELECT id FROM semantic_search_refresh")
  return rows.map(({ id }) => id).sort()
}

const read = (shop: ProductShop) => shop.readings.reduce((sum, ids) => sum + ids.length, 0)

describe("a rename that touches half of the catalogue", () => {
  it("is queued as ids, read in pages, and done once", async () => {
    const shop = await openProductShop(provider, catalogue())
    let goOn = () => {}
    shop.beforeReading = () => new Promise((resolve) => (goOn = resolve))
    await rename(shop, "new")
    // The event is done, and whatever comes behind it on the bus has its turn.
    expect(await queued()).toHaveLength(TAGGED)
    shop.beforeReading = () => {}
    goOn()
    await refreshQueuedProducts(shop.container)

    expect(await tagsInIndex(shop)).toEqual({ new: TAGGED })
    expect(Math.max(...shop.readings.map((ids) => ids.length))).toBe(BATCH)
    expect(shop.readings).toHaveLength(TAGGED / BATCH)
    expect(await queued()).toEqual([])
  })

  it("leaves the last name when ten come in a row, and little is done twice", async () => {
    const shop = await openProductShop(provider, catalogue())
    await Promise.all(Array.from({ length: 10 }, (_, i) => rename(shop, `name ${i}`)))
    await refreshQueuedProducts(shop.container)

    expect(await tagsInIndex(shop)).toEqual({ "name 9": TAGGED })
    expect(read(shop)).toBeLessThan(1.5 * TAGGED)
  })

  it("reads again what changes while it is being read", async () => {
    const shop = await openProductShop(provider, catalogue(BATCH))
    shop.beforeReading = async () => {
      shop.beforeReading = () => {}
      // The first reading has been answered with the name before; only a second one sees this.
      await rename(shop, "newest")
    }
    await rename(shop, "new")
    await refreshQueuedProducts(shop.container)
    expect(await tagsInIndex(shop)).toEqual({ newest: BATCH })
    expect(shop.readings).toHaveLength(2)
  })

  it("lets other events pass between two pages", async () => {
    const shop = await openProductShop(provider, [
      ...catalogue(),
      { id: "prod_other", title: "Other", tag: { id: "other", value: "other" } },
    ])
    let pages = 0
    let passed: Promise<number> | undefined
    shop.beforeReading = (ids) => {
      pages += ids.length === BATCH ? 1 : 0
      if (pages === 5) {
        passed ??= shop.ingest("product.updated", { id: "prod_other" }).then(() => pages)
      }
    }
    await rename(shop, "new")
    await refreshQueuedProducts(shop.container)
    // Behind the page that is being read, and at most the one that waits already.
    expect(await passed).toBeLessThanOrEqual(7)
    expect(pages).toBe(TAGGED / BATCH)
  })
})

describe("the queue", () => {
  it("is gone on with by whoever comes after a process that died", async () => {
    const shop = await openProductShop(provider, catalogue(3))
    await database.rows(
      `INSERT INTO semantic_search_refresh (id, claimed_until) VALUES
       ('prod_00000', NULL),
       ('prod_00001', now() - interval '1 second'),
       ('prod_00002', now() + interval '1 minute')`
    )
    await refreshQueuedProducts(shop.container)
    expect(shop.readings).toEqual([["prod_00000", "prod_00001"]])
    expect(await queued()).toEqual(["prod_00002"])
  })

  it("keeps what can't be indexed, and lets the others of its page through", async () => {
    const shop = await openProductShop(provider, catalogue(5))
    shop.beforeReading = (ids) => {
      if (ids.includes("prod_00002")) {
        throw new Error("this one is broken")
      }
    }
    await rename(shop, "new")
    await refreshQueuedProducts(shop.container)
    expect(await tagsInIndex(shop)).toEqual({ new: 4 })
    expect(await queued()).toEqual(["prod_00002"])
    expect(shop.errors).toEqual([expect.stringMatching(/prod_00002.*this one is broken/)])
  })

  it("takes an event that names many products, and leaves one that names few to the index", async () => {
    const shop = await openProductShop(provider, catalogue(BATCH + 1))
    const event = (count: number) => ({
      name: PRODUCTS_CHANGED,
      data: { id: catalogue(count).map(({ id }) => id) },
    })
    for (const count of [BATCH, BATCH + 1]) {
      const { name, data } = event(count)
      shop.readings.length = 0
      await shop.ingest(name, data)
      const byIndex = read(shop)
      await queueChangedProducts(shop.container, { name, data })
      await refreshQueuedProducts(shop.container)
      const byQueue = read(shop) - byIndex
      expect([byIndex, byQueue]).toEqual(count > BATCH ? [0, count] : [count, 0])
    }
  })

  it("removes the document of a product that is gone", async () => {
    const shop = await openProductShop(provider, catalogue(2))
    await rename(shop, "new")
    await refreshQueuedProducts(shop.container)
    shop.products.delete("prod_00001")
    await database.rows("INSERT INTO semantic_search_refresh (id) VALUES ('prod_00001')")
    await refreshQueuedProducts(shop.container)
    expect(await tagsInIndex(shop)).toEqual({ new: 1 })
  })
})
