import assert from "node:assert/strict"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { HOMES } from "../../tools/lib/lock.mjs"
import { waitFor } from "../../tools/lib/network.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { openFaultShop } from "./fault-shop.mjs"
import { generateProducts, importProducts } from "./products.mjs"
import { connect } from "./shop-client.mjs"
import { assertSound, assertWhole, documentTable } from "../../tools/lib/whole.mjs"

const SETUP_LIMIT_MS = 300_000
const TEST_LIMIT_MS = 600_000
/** What a process had in hand when it died is another's after a minute; then texts are embedded. */
const RECOVERED_WITHIN_MS = 240_000
/**
 * The comparison that follows an outage is looked for every five seconds, and one that the outage cut off is
 * gone on with after a minute. By itself it runs every 15 minutes.
 */
const COMPARED_WITHIN_MS = 120_000
const PRODUCTS = 100
/** How many of them each disturbance is tried with. */
const SHARE = 50

/** Shoppers who search at once. */
const SHOPPERS = 4
const SEARCHES = ["clockmaker", "a lost letter", "mountain pass", "old theatre song", "debt"]
/** Answers that are waited for, before and after. */
const ENOUGH = 40
const LOAD_LIMIT_MS = 120_000
/** How long after Postgres is back a connection that died with it may still be handed out. */
const POOL_RECOVERS_WITHIN_MS = 5_000

const OK = 200

const home = join(HOMES.test, "database-faults")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })
let shop
let products

before(
  async () => {
    shop = await openFaultShop(supervisor, home, "database-faults")
    await shop.startBackend()
    const client = await connect(shop)
    const [store] = (await client.get("/stores")).stores
    products = generateProducts(PRODUCTS + 2 * SHARE, store.default_sales_channel_id)
    await importProducts(shop, client, products.slice(0, PRODUCTS))
    await assertWhole(shop, RECOVERED_WITHIN_MS)
  },
  { timeout: SETUP_LIMIT_MS }
)
after(async () => {
  await shop?.close()
  await supervisor.stopAll()
})

async function restartBackend() {
  await shop.stopBackend()
  await shop.startBackend()
}

test("Prometheus finds the figures of the shop, and nothing that was typed", async () => {
  const client = await connect(shop)
  assert.equal(await client.searchStatus({ q: "zebulon@example.com" }), OK)
  const text = await shop.metrics()
  const value = (name) => {
    const line = text.split("\n").find((each) => each.startsWith(`${name}{`))
    return Number(line?.split(" ").at(-1))
  }
  assert.equal(value("semantic_search_index_documents"), PRODUCTS)
  assert.equal(value("semantic_search_index_without_vector"), 0)
  assert.equal(value("semantic_search_queue_waiting"), 0)
  assert.equal(value("semantic_search_queue_failed"), 0)
  assert.ok(value("semantic_search_search_duration_count") > 0)
  assert.ok(value("semantic_search_embedding_texts_total") > 0)
  assert.ok(value("db_client_operation_duration_count") > 0)
  assert.doesNotMatch(text, /zebulon/)
})

/** Shoppers who search until they are stopped, and the merchant, who renames one product after another. */
function underLoad(client, ids) {
  const outcomes = []
  const renamed = []
  let going = true
  const shopper = async (number) => {
    for (let i = number; going; i++) {
      const status = await client.searchStatus({ q: SEARCHES[i % SEARCHES.length] })
      outcomes.push({ at: Date.now(), status })
    }
  }
  const merchant = async () => {
    for (let i = 0; going; i++) {
      const id = ids[i % ids.length]
      const title = `Renamed ${i}`
      await client.post(`/products/${id}`, { title }).then(
        () => renamed.push({ id, title }),
        () => {}
      )
    }
  }
  const all = Promise.all([merchant(), ...Array.from({ length: SHOPPERS }, (_, i) => shopper(i))])
  return {
    outcomes,
    renamed,
    async stop() {
      going = false
      await all
    },
  }
}

test("Postgres is restarted under load", { timeout: TEST_LIMIT_MS }, async (context) => {
  const client = await connect(shop)
  const [silent, ...ids] = (await shop.query("select id from product order by id")).map(
    ({ id }) => id
  )
  const load = underLoad(client, ids)
  const since = (moment) => load.outcomes.filter(({ at }) => at > moment)
  const enough = (moment) => ({
    probe: async () => since(moment).filter(({ status }) => status === OK).length >= ENOUGH,
    options: { what: "Answers enough", limitMs: LOAD_LIMIT_MS },
  })
  const before = enough(0)
  await waitFor(before.probe, before.options)
  assert.deepEqual(
    load.outcomes.filter(({ status }) => status !== OK),
    []
  )

  // As a change whose event is lost with the outage: a comparison alone can find it.
  await shop.query("update product set title = 'Renamed in silence' where id = $1", [silent])
  // Else the crash would take it along: the database of the tests writes down late.
  await shop.query("checkpoint")
  const down = Date.now()
  await shop.crashPostgres()
  await waitFor(async () => since(down).some(({ status }) => status !== OK), {
    ...{ what: "A search that notices", limitMs: LOAD_LIMIT_MS },
  })
  await shop.restartPostgres()
  const up = Date.now()
  const recovered = up + POOL_RECOVERS_WITHIN_MS
  const afterwards = enough(recovered)
  await waitFor(afterwards.probe, afterwards.options)
  await load.stop()

  const failed = load.outcomes.filter(({ status }) => status !== OK)
  const unexplained = failed.filter(({ at }) => at < down || at > recovered)
  assert.deepEqual(unexplained, [], "failures that the outage doesn't explain")
  const last = Math.max(...failed.map(({ at }) => at))
  context.diagnostic(
    `down for ${up - down} ms; of ${load.outcomes.length} searches ${failed.length} failed, the last ${last - up} ms after Postgres was back; ${load.renamed.length} products were renamed meanwhile`
  )
  await assertSound(shop)
  const isFresh = async () =>
    (await client.documents()).some(
      ({ id, document }) => id === silent && document.title === "Renamed in silence"
    )
  await waitFor(isFresh, { what: "The comparison", limitMs: up + COMPARED_WITHIN_MS - Date.now() })
  const comparedMs = Date.now() - up
  await assertWhole(shop, RECOVERED_WITHIN_MS)
  context.diagnostic(
    `a change without an event was found ${comparedMs} ms after Postgres was back, and all was whole after ${Date.now() - up} ms`
  )
})

/** The tables into which a write is disturbed: documents, and embeddings. */
async function disturbedTables() {
  const rows = await shop.query(
    `select table_name from semantic_search_index union select 'semantic_search_embedding'`
  )
  return rows.map(({ table_name }) => table_name)
}

/** How many products have no document. */
async function countMissing() {
  const table = await documentTable(shop)
  const [{ missing }] = await shop.query(
    `select count(*)::int as missing from product p
     where not exists (select 1 from "${table}" d where d.id = p.id)`
  )
  return missing
}

/** Imports products and edits one, of which the index can't take all in; searches go on. */
async function sellThrough(share, name) {
  const [edited] = await shop.query("select id from product order by id limit 1")
  const client = await connect(shop)
  await importProducts(shop, client, share)
  await client.post(`/products/${edited.id}`, { title: `Edited while ${name}` })
  // What can't be written isn't found, and what stands is: no search fails for a document.
  for (const q of SEARCHES) assert.equal(await client.searchStatus({ q }), OK)
  await assertSound(shop)
}

test("statements time out while products come in", { timeout: TEST_LIMIT_MS }, async (context) => {
  await shop.query(
    `create function disturb() returns trigger language plpgsql as
     $$ begin perform pg_sleep(5); return new; end $$`
  )
  for (const table of await disturbedTables()) {
    await shop.query(
      `create trigger disturb before insert or update on "${table}"
       for each statement execute function disturb()`
    )
  }
  // A role's settings hold for connections that are opened from now on.
  await shop.query("alter role current_user set statement_timeout = '500ms'")
  await restartBackend()
  let missing
  try {
    await sellThrough(products.slice(PRODUCTS, PRODUCTS + SHARE), "statements time out")
    // While it lasts: the next try follows within seconds.
    missing = await countMissing()
  } finally {
    // In this order: dropping waits for the writes that are being disturbed.
    await shop.query("alter role current_user reset statement_timeout")
    await shop.query("drop function if exists disturb cascade")
  }
  assert.ok(missing > 0, "writes did fail")
  // The backend's connections keep the time-out that they were opened with.
  await restartBackend()
  await assertWhole(shop, RECOVERED_WITHIN_MS)
  context.diagnostic(`${missing} products had no document when it was over; all had one later`)
})

/** No limit may be smaller: PostgreSQL's log is written in files of this size. */
const LOG_FILE_BYTES = 16 * 1024 ** 2

/**
 * Has the table of documents outgrow every other file, by dead rows that nobody clears away.
 *
 * @returns the size of its file
 */
async function fillDocuments(table) {
  await shop.query(`alter table "${table}" set (autovacuum_enabled = false)`)
  // Within one transaction no version of a row makes room for the next one.
  await shop.query(
    `do $$ begin
       while pg_relation_size('"${table}"') < ${LOG_FILE_BYTES} loop
         update "${table}" set read_at = read_at;
       end loop;
     end $$`
  )
  const [{ size }] = await shop.query(`select pg_relation_size('"${table}"')::int as size`)
  return size
}

/**
 * Stops PostgreSQL at once, with all written down that was told to be, and starts it anew.
 *
 * @param {object} [options] See `startPostgres`.
 * @param {string[]} [forgotten] Files that are deleted meanwhile, below the folder of its data.
 */
async function restartPostgres(options, forgotten = []) {
  await shop.query("checkpoint")
  await shop.crashPostgres()
  for (const file of forgotten) rmSync(join(shop.postgresData(), file), { force: true })
  await shop.restartPostgres(options)
  const client = await connect(shop)
  await waitFor(async () => (await client.searchStatus({ q: "clockmaker" })) === OK, {
    ...{ what: "A search", limitMs: LOAD_LIMIT_MS },
  })
}

test("files can't grow, as on a full disk", { timeout: TEST_LIMIT_MS }, async (context) => {
  const table = await documentTable(shop)
  const maxFileBytes = await fillDocuments(table)
  const [{ path }] = await shop.query(`select pg_relation_filepath('"${table}"') as path`)
  // What Postgres knows of room inside the file: dead rows make some, which would do for these products.
  await restartPostgres({ maxFileBytes }, [`${path}_fsm`])
  await sellThrough(products.slice(PRODUCTS + SHARE), "the disk is full")
  const missing = await countMissing()
  assert.ok(missing > 0, "writes did fail")
  assert.match(shop.postgresLog(), /could not extend file .+: File too large/)

  await restartPostgres()
  const lifted = Date.now()
  await assertWhole(shop, RECOVERED_WITHIN_MS)
  await shop.query(`alter table "${table}" reset (autovacuum_enabled)`)
  context.diagnostic(
    `${missing} products had no document; all was whole ${Date.now() - lifted} ms after there was room again`
  )
})
