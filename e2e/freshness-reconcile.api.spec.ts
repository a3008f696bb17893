import type { Admin } from "./helpers/admin"
import { uniqueWord } from "./helpers/catalogue"
import { eventually } from "./helpers/eventually"
import { expect, test } from "./helpers/test"

/** What the status tells of a comparison of the index with the store. */
interface Reconciliation {
  index: string
  began_at: string
  finished_at: string | null
  compared: number
  missing: number
  different: number
  extra: number
  examples: Record<"missing" | "different" | "extra", string[]>
}

/** All products are read and compared. */
const RECONCILED_WITHIN_MS = 60_000

async function lastReconciliation(admin: Admin): Promise<Reconciliation | undefined> {
  const { status } = await admin.get<{ status: { reconciliations: Reconciliation[] } }>(
    "/semantic-search/status"
  )
  return status.reconciliations.find(({ index }) => index === "product")
}

/** Runs a comparison from beginning to end, and answers what it found. */
async function reconcile(admin: Admin): Promise<Reconciliation> {
  const before = await lastReconciliation(admin)
  // The shop's own may just be running.
  await eventually(
    "the comparison is begun",
    () => admin.post<{ outcome: string }>("/semantic-search/reconcile", {}),
    ({ outcome }) => outcome === "started",
    { withinMs: RECONCILED_WITHIN_MS }
  )
  const after = await eventually(
    "the comparison is finished",
    () => lastReconciliation(admin),
    (last) => !!last?.finished_at && last.began_at !== before?.began_at,
    { withinMs: RECONCILED_WITHIN_MS }
  )
  return after!
}

test.setTimeout(3 * RECONCILED_WITHIN_MS)

test("changes behind the shop's back are found by contents, and repaired", async ({
  admin,
  catalogue,
  search,
  database,
}) => {
  const shelf = `Shelf ${uniqueWord()}`
  const { id: category } = await catalogue.createCategory(shelf)
  const [lost, stale, unshelved, kept] = [
    await catalogue.createProduct({ eur: 10 }),
    await catalogue.createProduct({ eur: 10 }),
    await catalogue.createProduct({ category_ids: [category] }),
    await catalogue.createProduct({ eur: 10 }),
  ]
  const ids = [lost, stale, unshelved, kept].map(({ id }) => id)
  await eventually(
    "all are found",
    () => search.ids({ filters: { id: ids } }),
    (found) => found.length === ids.length
  )
  await eventually(
    "one is on its shelf",
    () => search.ids({ filters: { categories: shelf } }),
    (found) => found.length === 1
  )
  const table = await database.documentTable()
  const ghost = `prod_${uniqueWord()}`
  const title = uniqueWord()
  await database.query(`DELETE FROM ${table} WHERE id = $1`, [lost.id])
  await database.query("UPDATE product SET title = $1 WHERE id = $2", [title, stale.id])
  await database.query("DELETE FROM product_category_product WHERE product_id = $1", [unshelved.id])
  await database.query(`UPDATE ${table} SET id = $1 WHERE id = $2`, [ghost, kept.id])

  const report = await reconcile(admin)

  expect(report).toMatchObject({ missing: 2, different: 2, extra: 1 })
  expect(report.examples.missing.sort()).toEqual([lost.id, kept.id].sort())
  expect(report.examples.different.sort()).toEqual([stale.id, unshelved.id].sort())
  expect(report.examples.extra).toEqual([ghost])
  expect((await search.ids({ filters: { id: [...ids, ghost] } })).sort()).toEqual([...ids].sort())
  expect((await search.document(stale.id))?.title).toBe(title)
  expect((await search.document(unshelved.id))?.categories).toEqual([])
  const again = await reconcile(admin)
  expect(again).toMatchObject({ missing: 0, different: 0, extra: 0, compared: report.compared })
})

test("an index that lost most of its documents gets them back", async ({
  admin,
  search,
  database,
}) => {
  const count = async () => (await search.run({ pagination: { take: 1 } })).metadata.count
  const before = await count()
  const table = await database.documentTable()
  const [{ deleted }] = await database.query<{ deleted: number }>(
    `WITH gone AS (DELETE FROM ${table} WHERE hashtext(id) % 4 <> 0 RETURNING id)
     SELECT count(*)::int AS deleted FROM gone`
  )
  expect(deleted).toBeGreaterThan(before / 2)

  expect(await reconcile(admin)).toMatchObject({ missing: deleted, different: 0, extra: 0 })
  expect(await count()).toBe(before)
  const { hits, provider_metadata } = await search.run({
    filters: { q: "a captain who hunts a white whale" },
  })
  expect(provider_metadata.mode).toBe("hybrid")
  expect(hits.map(({ document }) => document.title).join()).toContain("Moby")
})

test("a body that isn't understood is refused", async ({ admin }) => {
  await expect(admin.post("/semantic-search/reconcile", { indexes: ["product"] })).rejects.toThrow(
    /answered 400.*indexes/
  )
  await expect(admin.post("/semantic-search/reconcile", { index: "nothing" })).rejects.toThrow(
    /answered 404.*nothing/
  )
})
