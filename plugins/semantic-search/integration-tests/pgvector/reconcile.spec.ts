import { trace } from "@opentelemetry/api"
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base"
import { PRODUCTS_CHANGED } from "../../src/indexes"
import { reconcileProducts, type ReconcileOptions } from "../../src/maintenance"
import type { ReconcileProgress } from "../../src/modules/semantic-search/reconcile-progress"
import { openDatabase, type Provider, type TestDatabase } from "./harness"
import { openProductShop, type ProductShop } from "./product-shop"

// Thousands of products.
jest.setTimeout(60_000)

let database: TestDatabase
let provider: Provider
let shop: ProductShop
let table: string

/** Three pages of products. */
const PRODUCTS = 250
const PAGE = 100

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
  shop = await openProductShop(
    provider,
    Array.from({ length: PRODUCTS }, (_, i) => ({
      id: idOf(i),
      title: `Book ${i}`,
      tag: { id: "t", value: "t" },
      price: 10,
    }))
  )
  table = `semantic_search_doc_${shop.index.physical_name}`
  expect(await run()).toMatchObject({
    compared: PRODUCTS,
    missing: PRODUCTS,
    different: 0,
    extra: 0,
  })
  expect(await run()).toMatchObject({ compared: PRODUCTS, missing: 0, different: 0, extra: 0 })
  shop.readings.length = 0
})

const idOf = (i: number) => `prod_${String(i).padStart(5, "0")}`

async function run(options: ReconcileOptions = {}): Promise<ReconcileProgress> {
  const result = await reconcileProducts(shop.container, { index: "shop", ...options })
  if (result.outcome !== "finished") {
    throw new Error(`It is ${result.outcome}`)
  }
  return result.report
}

async function titles(): Promise<Record<string, string>> {
  const rows = await database.rows<{ id: string; title: string }>(
    `SELECT id, document ->> 'title' AS title FROM ${table}`
  )
  return Object.fromEntries(rows.map(({ id, title }) => [id, title]))
}

const expectedTitles = () =>
  Object.fromEntries([...shop.products.values()].map(({ id, title }) => [id, title]))

/** Loses, changes and invents documents, at the edges of pages too. */
async function damage(): Promise<void> {
  await database.rows(`DELETE FROM ${table} WHERE id = ANY(?)`, [
    [idOf(0), idOf(99), idOf(100), idOf(249)],
  ])
  await database.rows(
    `UPDATE ${table} SET document = jsonb_set(document, '{title}', '"wrong"') WHERE id = ANY(?)`,
    [[idOf(1), idOf(199)]]
  )
  await addGhosts(["prod_", `${idOf(99)}x`, "prod_99999"])
}

/** Puts documents into the index of products that are gone without a word. */
async function addGhosts(ids: string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += PAGE) {
    const page = ids.slice(start, start + PAGE)
    page.forEach((id) =>
      shop.products.set(id, { id, title: "Ghost", tag: { id: "t", value: "t" } })
    )
    await shop.ingest(PRODUCTS_CHANGED, { id: page })
    page.forEach((id) => shop.products.delete(id))
  }
  shop.readings.length = 0
}

describe("reconcileProducts", () => {
  it("finds by contents what is missing, different and extra, and repairs it", async () => {
    await damage()
    expect(await run()).toMatchObject({
      compared: PRODUCTS,
      missing: 4,
      different: 2,
      extra: 3,
      examples: {
        missing: [idOf(0), idOf(99), idOf(100), idOf(249)],
        different: [idOf(1), idOf(199)],
        extra: ["prod_", `${idOf(99)}x`, "prod_99999"],
      },
      error: null,
    })
    expect(await titles()).toEqual(expectedTitles())
    expect(await run()).toMatchObject({ missing: 0, different: 0, extra: 0 })
  })

  it("tells the same in a dry run, and writes nothing", async () => {
    await damage()
    const before = await titles()
    expect(await run({ dryRun: true })).toMatchObject({ missing: 4, different: 2, extra: 3 })
    expect(await titles()).toEqual(before)
    expect(await run()).toMatchObject({ missing: 4, different: 2, extra: 3 })
  })

  it("is a span, whoever asks for it, that tells what was done", async () => {
    const exported = new InMemorySpanExporter()
    const spanProcessors = [new SimpleSpanProcessor(exported)]
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }))
    const told = () =>
      exported
        .getFinishedSpans()
        .filter(({ name }) => name === "semantic_search.reconcile")
        .map(({ attributes }) => attributes)
    const of = (dry_run: boolean, compared: number, repaired: number, removed: number) => ({
      "semantic_search.index": "shop",
      "semantic_search.reconcile.dry_run": dry_run,
      "semantic_search.reconcile.compared": compared,
      "semantic_search.reconcile.repaired": repaired,
      "semantic_search.reconcile.removed": removed,
    })
    try {
      await damage()
      await run({ dryRun: true })
      shop.beforeReading = (ids) => {
        if (ids[0] === idOf(100)) {
          throw new TypeError("unheard of")
        }
      }
      await expect(run()).rejects.toThrow("unheard of")
      shop.beforeReading = () => {}
      await run()
      expect(told()).toEqual([
        of(true, PRODUCTS, 0, 0),
        { ...of(false, PAGE, 3, 1), "error.type": "TypeError" },
        of(false, PRODUCTS, 6, 3),
      ])
    } finally {
      trace.disable()
    }
  })

  it("goes on where it was cut off", async () => {
    await damage()
    shop.beforeReading = (ids) => {
      if (ids[0] === idOf(100)) {
        throw new Error("the database is away")
      }
    }
    await expect(run()).rejects.toThrow("the database is away")
    shop.beforeReading = () => {}
    shop.readings.length = 0

    expect(await run()).toMatchObject({ compared: PRODUCTS, missing: 4, different: 2, extra: 3 })
    expect(shop.readings.map(([first]) => first)).toEqual([idOf(100), idOf(200)])
    expect(await titles()).toEqual(expectedTitles())
  })

  it("is done by one process at a time, and taken over from one that died", async () => {
    let goOn = () => {}
    shop.beforeReading = () => new Promise((resolve) => (goOn = resolve))
    const first = run()
    while (!shop.readings.length) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await reconcileProducts(shop.container, { index: "shop" })).toEqual({ outcome: "busy" })
    // A dry run changes nothing and waits for nobody.
    shop.beforeReading = () => {}
    expect(await run({ dryRun: true })).toMatchObject({ compared: PRODUCTS })
    goOn()
    await first

    await database.rows(
      `UPDATE semantic_search_progress SET locked_until = now() - interval '1 second',
       state = state || jsonb_build_object('finished_at', NULL, 'after', ?::text, 'compared', 100)`,
      [idOf(99)]
    )
    expect(await run()).toMatchObject({ compared: PRODUCTS })
  })

  it("doesn't undo what an event writes while it reads, nor count it", async () => {
    await damage()
    shop.beforeReading = async (ids) => {
      if (ids[0] === idOf(0)) {
        shop.beforeReading = () => {}
        // Both were read just now, with what they were.
        shop.products.get(idOf(1))!.title = "newer"
        await shop.ingest("product.updated", { id: idOf(1) })
        shop.products.delete(idOf(2))
        await shop.ingest("product.deleted", { id: idOf(2) })
      }
    }
    expect(await run()).toMatchObject({ missing: 4, different: 1, extra: 3 })
    expect(await titles()).toEqual(expectedTitles())
    expect((await titles())[idOf(1)]).toBe("newer")
  })

  it("keeps a document that an event writes behind it", async () => {
    shop.beforeReading = async (ids) => {
      if (ids[0] === idOf(200)) {
        shop.beforeReading = () => {}
        const id = `${idOf(50)}x`
        shop.products.set(id, { id, title: "New", tag: { id: "t", value: "t" } })
        await shop.ingest("product.created", { id })
      }
    }
    expect(await run()).toMatchObject({ missing: 0, different: 0, extra: 0 })
    expect(await titles()).toEqual(expectedTitles())
  })

  it("holds a page at a time, however much there is", async () => {
    const ghosts = 2_500
    await addGhosts(Array.from({ length: ghosts }, (_, i) => `prod_9${idOf(i)}`))
    const report = await run()
    expect(report).toMatchObject({ extra: ghosts })
    expect(report.examples.extra).toHaveLength(10)
    expect(Math.max(...shop.readings.map((ids) => ids.length))).toBeLessThanOrEqual(PAGE)
    expect(await titles()).toEqual(expectedTitles())
  })

  it("empties the index of a shop without products", async () => {
    shop.products.clear()
    expect(await run()).toMatchObject({ compared: 0, extra: PRODUCTS })
    expect(await titles()).toEqual({})
  })

  it("leaves an index alone that serves nothing yet", async () => {
    await database.rows("UPDATE search_index SET active_version = NULL")
    expect(await reconcileProducts(shop.container, { index: "shop" })).toEqual({
      outcome: "not serving",
    })
    await database.rows("UPDATE search_index SET active_version = 1")
  })
})
