import {
  compareWhereDue,
  queueChangedProducts,
  queueMissedChanges,
  refreshQueuedProducts,
} from "../../src/maintenance"
import { ProcessLease } from "../../src/modules/semantic-search/process-lease"
import { SEMANTIC_SEARCH_MODULE } from "../../src/modules/semantic-search"
import type SemanticSearchModuleService from "../../src/modules/semantic-search/service"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { until } from "./until"
import { openProductShop, type ProductShop } from "./product-shop"

let database: TestDatabase
let provider: Provider
let shop: ProductShop
let service: SemanticSearchModuleService
let table: string

beforeAll(async () => {
  database = await openDatabase()
  provider = database.provider()
  // What the Search Module keeps about its indexes, as far as the plugin reads it.
  await database.rows(
    "CREATE TABLE search_index (id text, active_version int, deleted_at timestamptz)"
  )
  await database.rows(
    "CREATE TABLE search_index_version (search_index_id text, version int, physical_name text, deleted_at timestamptz)"
  )
  await database.rows("INSERT INTO search_index VALUES ('i', 1, NULL)")
  await database.rows("INSERT INTO search_index_version VALUES ('i', 1, 'shop_v1', NULL)")
})
afterAll(() => database.close())

beforeEach(async () => {
  await database.rows("DELETE FROM semantic_search_progress")
  await database.rows("DELETE FROM semantic_search_refresh")
  shop = await openProductShop(
    provider,
    ["prod_1", "prod_2", "prod_3"].map((id) => ({ id, title: "old", tag: { id: "t", value: "t" } }))
  )
  service = shop.container.resolve(SEMANTIC_SEARCH_MODULE)
  table = `semantic_search_doc_${shop.index.physical_name}`
  await shop.ingest("product.created", { id: [...shop.products.keys()] })
  await retry()
  shop.readings.length = 0
})

/** What the job does every few seconds. */
async function retry(): Promise<void> {
  await queueMissedChanges(shop.container)
  await refreshQueuedProducts(shop.container)
}

async function titles(): Promise<Record<string, string>> {
  const rows = await database.rows<{ id: string; title: string }>(
    `SELECT id, document ->> 'title' AS title FROM ${table} ORDER BY id`
  )
  return Object.fromEntries(rows.map(({ id, title }) => [id, title]))
}

/** Has every write of a document fail until `calm`. */
async function disturb(): Promise<void> {
  await database.rows(
    `CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'no space left' USING errcode = 'disk_full'; END $$`
  )
  await database.rows(
    `CREATE TRIGGER disturb BEFORE INSERT OR UPDATE OR DELETE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION disturb()`
  )
}

const calm = () => database.rows("DROP FUNCTION disturb CASCADE")

function rename(id: string, title: string): void {
  shop.products.get(id)!.title = title
}

describe("an event that fails", () => {
  it("as the store can't be read is made good by the next try, once", async () => {
    rename("prod_1", "new")
    shop.beforeReading = () => {
      throw new Error("the database is away")
    }
    await expect(shop.ingest("product.updated", { id: "prod_1" })).rejects.toThrow("is away")
    shop.beforeReading = () => {}
    expect((await titles()).prod_1).toBe("old")
    shop.readings.length = 0
    await retry()
    expect((await titles()).prod_1).toBe("new")
    await retry()
    expect(shop.readings).toEqual([["prod_1"]])
  })

  it("as its products can't be queued is made good as well", async () => {
    const { graph } = shop.container.resolve("query")
    Object.assign(shop.container.resolve("query"), {
      graph: async () => {
        throw new Error("the database is away")
      },
    })
    const renamed = { name: "product-tag.updated", data: { id: "t" } }
    await expect(queueChangedProducts(shop.container, renamed)).rejects.toThrow("is away")
    Object.assign(shop.container.resolve("query"), { graph })
    shop.products.forEach(({ id }) => rename(id, "new"))
    await retry()
    expect(await titles()).toEqual({ prod_1: "new", prod_2: "new", prod_3: "new" })
  })

  it("as the index can't be written is made good, whether it writes or removes", async () => {
    rename("prod_1", "new")
    shop.products.delete("prod_2")
    await disturb()
    await expect(shop.ingest("product.updated", { id: "prod_1" })).rejects.toThrow("no space")
    await expect(shop.ingest("product.deleted", { id: "prod_2" })).rejects.toThrow("no space")
    await calm()
    expect(await titles()).toEqual({ prod_1: "old", prod_2: "old", prod_3: "old" })
    await retry()
    expect(await titles()).toEqual({ prod_1: "new", prod_3: "old" })
  })

  it("for one product of a batch doesn't keep the others back", async () => {
    shop.products.forEach(({ id }) => rename(id, "new"))
    shop.beforeReading = (ids) => {
      if (ids.includes("prod_2")) {
        throw new Error("it can't be read")
      }
    }
    const ids = [...shop.products.keys()]
    await expect(shop.ingest("product.updated", { id: ids })).rejects.toThrow("can't be read")
    await retry()
    expect(await titles()).toEqual({ prod_1: "new", prod_2: "old", prod_3: "new" })
    expect(shop.errors).toEqual([expect.stringContaining(`"prod_2" can't be indexed`)])
  })
})

describe("the comparison", () => {
  /** Whether the next look compares. */
  async function compares(): Promise<boolean> {
    shop.readings.length = 0
    await compareWhereDue(shop.container)
    return shop.readings.length > 0
  }

  it("is done after a start, and not again while nothing asks for it", async () => {
    await database.rows(`DELETE FROM ${table} WHERE id = 'prod_1'`)
    expect(await compares()).toBe(true)
    expect(Object.keys(await titles())).toEqual([...shop.products.keys()])
    expect(await compares()).toBe(false)
  })

  it("is done anew after Postgres has started", async () => {
    await compares()
    const [{ started }] = await database.rows<{ started: Date }>(
      "SELECT pg_postmaster_start_time() AS started"
    )
    const { databaseStartedAt, runs } = await service.lastReconciliations()
    expect(Math.abs(databaseStartedAt.getTime() - started.getTime())).toBeLessThan(1_000)

    const restarted = new Date(Date.parse(runs[0].began_at) + 1)
    const answer = jest.spyOn(service, "lastReconciliations")
    answer.mockResolvedValueOnce({ runs, databaseStartedAt: restarted })
    expect(await compares()).toBe(true)
    expect(await compares()).toBe(false)
  })

  it("is done anew when the database answers again", async () => {
    await compares()
    jest.spyOn(service, "lastReconciliations").mockRejectedValueOnce(new Error("it is away"))
    await expect(compareWhereDue(shop.container)).rejects.toThrow("it is away")
    expect(await compares()).toBe(true)
    expect(await compares()).toBe(false)
  })

  it("is done anew when a process is gone without a farewell, whoever that was", async () => {
    const beating = async () =>
      (await database.rows("SELECT 1 FROM semantic_search_progress WHERE task LIKE 'process:%'"))
        .length
    await compares()
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] })
    const [crashed, leaving] = [0, 1].map(() => new ProcessLease(provider.database))
    crashed.start()
    leaving.start()
    await jest.advanceTimersByTimeAsync(10_000)
    jest.useRealTimers()
    await until("both have given a sign of life", async () => (await beating()) === 2)
    await leaving.stop()
    expect(await beating()).toBe(1)
    expect(await compares()).toBe(false)

    await database.rows(
      "UPDATE semantic_search_progress SET locked_until = now() WHERE task LIKE 'process:%'"
    )
    expect(await compares()).toBe(true)
    expect(await beating()).toBe(0)
    expect(await compares()).toBe(false)
  })

  it("is done anew when what failed has failed again", async () => {
    await compares()
    await disturb()
    rename("prod_1", "new")
    await expect(shop.ingest("product.updated", { id: "prod_1" })).rejects.toThrow("no space")
    jest.spyOn(service, "queueForRefresh").mockRejectedValueOnce(new Error("no space either"))
    await expect(queueMissedChanges(shop.container)).rejects.toThrow("no space either")
    await calm()
    expect(await compares()).toBe(true)
    expect((await titles()).prod_1).toBe("new")
  })

  it("that fails is tried again, though not at every look", async () => {
    await database.rows(`DELETE FROM ${table} WHERE id = 'prod_1'`)
    await disturb()
    await expect(compareWhereDue(shop.container)).rejects.toThrow("no space")
    await calm()
    expect(await compares()).toBe(false)
    const clock = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 15_000)
    expect(await compares()).toBe(true)
    clock.mockRestore()
    expect(Object.keys(await titles())).toEqual([...shop.products.keys()])
  })
})
