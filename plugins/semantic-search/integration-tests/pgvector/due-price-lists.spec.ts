import { queueDuePriceLists, refreshQueuedProducts } from "../../src/maintenance"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { openProductShop, type PriceList, type ProductShop } from "./product-shop"

let database: TestDatabase
let provider: Provider
let shop: ProductShop

const at = (time: string) => new Date(`2024-05-01T${time}Z`)

const SALE: PriceList = {
  id: "plist_1",
  price: 6,
  starts_at: at("08:00:00"),
  ends_at: at("20:00:00"),
  updated_at: at("06:00:00"),
  product_ids: ["prod_1"],
}

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
})
afterAll(() => database.close())

beforeEach(async () => {
  await database.rows("DELETE FROM semantic_search_progress")
  shop = await openProductShop(
    provider,
    ["prod_1", "prod_2"].map((id) => ({ id, title: id, tag: { id: "t", value: "t" }, price: 10 }))
  )
  shop.priceLists = [{ ...SALE }]
  await moveTo("07:00:00")
  for (const id of shop.products.keys()) {
    await shop.ingest("product.created", { id })
  }
  shop.readings.length = 0
})

/** Lets the shop's clock show a time, and the periodic look happen. */
async function moveTo(time: string): Promise<string[]> {
  shop.now = at(time)
  const ids = await queueDuePriceLists(shop.container, { now: shop.now })
  await refreshQueuedProducts(shop.container)
  return ids
}

async function prices(): Promise<Record<string, [number, boolean]>> {
  const rows = await database.rows<{ id: string; eur: number; on_sale: boolean }>(
    `SELECT id, (document -> 'prices' -> 'eur')::float AS eur, (document -> 'on_sale')::bool AS on_sale
     FROM semantic_search_doc_${shop.index.physical_name}`
  )
  return Object.fromEntries(rows.map(({ id, eur, on_sale }) => [id, [eur, on_sale]]))
}

const BEFORE = { prod_1: [10, false], prod_2: [10, false] }
const DURING = { prod_1: [6, true], prod_2: [10, false] }

describe("a price list that is edited without a word", () => {
  it("is found once by the next look", async () => {
    Object.assign(shop.priceLists[0], { starts_at: undefined, updated_at: at("07:30:00") })
    expect(await moveTo("07:30:01")).toEqual(["plist_1"])
    expect(await prices()).toEqual(DURING)
    expect(await moveTo("07:30:04")).toEqual([])
    Object.assign(shop.priceLists[0], { ends_at: at("07:30:00"), updated_at: at("07:30:05") })
    expect(await moveTo("07:30:07")).toEqual(["plist_1"])
    expect(await prices()).toEqual(BEFORE)
    expect(await moveTo("07:32:00")).toEqual([])
    expect(shop.readings).toEqual([["prod_1"], ["prod_1"]])
  })

  it("is found by whatever clock: that of a process may be behind, or ahead", async () => {
    await moveTo("07:30:00")
    shop.priceLists[0].updated_at = at("07:29:30")
    expect(await moveTo("07:30:03")).toEqual(["plist_1"])
    shop.priceLists[0].updated_at = at("07:31:00")
    expect(await moveTo("07:30:06")).toEqual(["plist_1"])
    expect(await moveTo("07:31:01")).toEqual([])
    expect(await moveTo("07:31:04")).toEqual([])
  })
})

describe("a price list that starts and ends by its dates", () => {
  it("is found once when it starts and once when it ends, and only its products are read", async () => {
    expect(await prices()).toEqual(BEFORE)
    expect(await moveTo("07:59:59")).toEqual([])
    expect(await moveTo("08:00:00")).toEqual(["plist_1"])
    expect(await prices()).toEqual(DURING)
    expect(await moveTo("08:00:03")).toEqual([])
    expect(await moveTo("20:00:00")).toEqual([])
    expect(await prices()).toEqual(DURING)
    expect(await moveTo("20:00:01")).toEqual(["plist_1"])
    expect(await prices()).toEqual(BEFORE)
    expect(await moveTo("20:00:05")).toEqual([])
    expect(shop.readings).toEqual([["prod_1"], ["prod_1"]])
  })

  it("is found by the first look after a time in which nobody looked", async () => {
    await moveTo("08:00:01")
    // The processes are down over the end of the sale.
    expect(await moveTo("23:30:00")).toEqual(["plist_1"])
    expect(await prices()).toEqual(BEFORE)
  })

  it("is found again when the look was cut off before its products were queued", async () => {
    const { graph } = shop.container.resolve("query")
    const failing = async () => {
      throw new Error("the database is away")
    }
    Object.assign(shop.container.resolve("query"), { graph: failing })
    await expect(moveTo("08:00:01")).rejects.toThrow("the database is away")
    Object.assign(shop.container.resolve("query"), { graph })
    expect(await moveTo("08:00:04")).toEqual(["plist_1"])
    expect(await prices()).toEqual(DURING)
  })

  it("goes by the database's clock unless told otherwise", async () => {
    const second = 1_000
    shop.priceLists = [
      { ...SALE, starts_at: new Date(Date.now() - 60 * second), ends_at: undefined },
    ]
    shop.now = new Date()
    await database.rows(
      "UPDATE semantic_search_progress SET state = jsonb_build_object('until', now() - interval '2 minutes')"
    )
    expect(await queueDuePriceLists(shop.container)).toEqual(["plist_1"])
    expect(await queueDuePriceLists(shop.container)).toEqual([])
    await refreshQueuedProducts(shop.container)
    expect(await prices()).toEqual(DURING)
  })
})
