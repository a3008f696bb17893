import assert from "node:assert/strict"
import { readdirSync, readFileSync, renameSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { HOMES } from "../../tools/lib/lock.mjs"
import { waitFor } from "../../tools/lib/network.mjs"
import { BACKEND } from "../../tools/lib/paths.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { killOutright, openFaultShop } from "./fault-shop.mjs"
import { connect } from "./shop-client.mjs"

/** Migrations and three commands of a framework that takes its time to start. */
const SETUP_LIMIT_MS = 180_000
const TEST_LIMIT_MS = 300_000
/** Far enough into the import that much is done, and early enough that most is not. */
const KILL_AT_PRODUCTS = 200
const KILL_LIMIT_MS = 90_000
/** The comparison of all products with the index has a pulse of a minute; then some hundred texts are embedded. */
const RECOVERED_WITHIN_MS = 150_000
/** What the shop promises for any change. */
const FRESH_WITHIN_MS = 5_000
/** The worker leaves an embedder that is down alone for two seconds at a time. */
const CAUGHT_UP_WITHIN_MS = 15_000

const CATALOGUE = join(BACKEND, "data", "catalogue")
/** How many books the data files hold, one a line. */
const BOOKS = readdirSync(CATALOGUE)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(join(CATALOGUE, name), "utf8").trim().split("\n")).length

const home = join(HOMES.test, "faults")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })
let shop

before(async () => (shop = await openFaultShop(supervisor, home)), { timeout: SETUP_LIMIT_MS })
after(async () => {
  await shop?.close()
  await supervisor.stopAll()
})

const productIds = async () =>
  (await shop.query("select id from product where deleted_at is null order by id")).map(
    ({ id }) => id
  )

/** Each product has its document, none two, and each document that has a text its vector. */
async function assertIndexIsWhole(client) {
  const documents = await client.documents()
  assert.deepEqual(documents.map(({ id }) => id).sort(), (await productIds()).sort())
  assert.deepEqual(
    documents.filter(({ embeddable, embedded }) => !embeddable || !embedded).map(({ id }) => id),
    [],
    "documents without a vector"
  )
  return documents
}

/** What a shopper needs of a book, and this one lacks. */
function lacks({ handle, sales_channel_ids, prices, formats, authors, stock }) {
  const missing = Object.entries({
    "sales channel": sales_channel_ids?.length,
    "price in EUR": prices?.eur,
    "price in USD": prices?.usd,
    format: formats?.length,
    author: authors?.length,
    stock: stock !== undefined,
  }).flatMap(([name, present]) => (present ? [] : [name]))
  return missing.length ? [`${handle}: no ${missing.join(", no ")}`] : []
}

test("an import that is killed", { timeout: TEST_LIMIT_MS }, async (context) => {
  await shop.startBackend()
  const before = await connect(shop)
  await waitFor(before.coverage, { what: "The empty index", limitMs: FRESH_WITHIN_MS })

  const unfinished = shop.startImport()
  await waitFor(async () => (await productIds()).length >= KILL_AT_PRODUCTS, {
    ...{ what: "The import", limitMs: KILL_LIMIT_MS, failed: unfinished.exited },
  })
  await Promise.all([killOutright(unfinished), shop.killBackend()])
  const products = (await productIds()).length
  assert.ok(products < BOOKS, "the import was cut off")

  const restarted = Date.now()
  await shop.startBackend()
  const client = await connect(shop)
  const atStart = await client.coverage()
  await waitFor(
    async () => {
      const { documents, embeddable, with_vector } = await client.coverage()
      return documents === products && with_vector === embeddable
    },
    { what: "The index of what had been imported", limitMs: RECOVERED_WITHIN_MS }
  )
  await assertIndexIsWhole(client)
  context.diagnostic(
    `killed at ${products} products; after the restart ${atStart.documents} documents, ${atStart.with_vector} with a vector; all ${Math.round((Date.now() - restarted) / 1000)} s after it`
  )

  await shop.runImport()
  const [{ handles }] = await shop.query(
    "select count(distinct handle)::int as handles from product where deleted_at is null"
  )
  assert.equal(handles, BOOKS)
  const documents = await assertIndexIsWhole(client)
  assert.equal(documents.length, BOOKS)
  const incomplete = documents.flatMap(({ document }) => lacks(document))
  assert.deepEqual(incomplete, [], "books that the second import left incomplete")
})

test("the weights go away and come back", { timeout: TEST_LIMIT_MS }, async (context) => {
  await shop.startBackend()
  const client = await connect(shop)
  const [store] = (await client.get("/stores")).stores
  const { product } = await client.post("/products", {
    title: "Beekeeping above the chimneys",
    description: "A widowed watchmaker keeps bees on the roof of his block and sells the honey.",
    status: "published",
    sales_channels: [{ id: store.default_sales_channel_id }],
    options: [{ title: "Format", values: ["Paperback"] }],
    variants: [
      {
        title: "Paperback",
        options: { Format: "Paperback" },
        manage_inventory: false,
        prices: [{ currency_code: "eur", amount: 10 }],
      },
    ],
  })
  const { id } = product
  const hasVector = async () =>
    (await client.documents()).some((document) => document.id === id && document.embedded)
  await waitFor(hasVector, { what: "The new book's vector", limitMs: FRESH_WITHIN_MS })
  // Each query's text is new, since the embedding of one that was asked before is remembered.
  const withWeights = await client.search({ q: "keeping bees", id })
  assert.deepEqual(withWeights, { ids: [id], mode: "hybrid" })

  renameSync(shop.weights, `${shop.weights}.away`)
  const without = await client.search({ q: "watchmaker", id })
  assert.deepEqual(without.ids, [id])
  assert.equal(without.mode, "keyword")
  assert.match(without.degraded, /weights of .+ missing/)

  const edited = Date.now()
  await client.post(`/products/${id}`, {
    description: "Two mountaineers wait out a blizzard on a Himalayan ridge, short of oxygen.",
  })
  const byNewWord = await waitFor(
    async () => {
      const found = await client.search({ q: "mountaineers", id })
      return found.ids.length ? found : undefined
    },
    { what: "The edited book, by a word of its new description,", limitMs: FRESH_WITHIN_MS }
  )
  const foundAfterMs = Date.now() - edited
  assert.deepEqual([byNewWord.ids, byNewWord.mode], [[id], "keyword"])
  assert.equal(await hasVector(), false, "the old description's vector is gone")

  renameSync(`${shop.weights}.away`, shop.weights)
  const back = Date.now()
  await waitFor(hasVector, { what: "The vector", limitMs: CAUGHT_UP_WITHIN_MS })
  const meaning = await client.search({ q: "surviving a snowstorm on Everest", id })
  assert.deepEqual(meaning, { ids: [id], mode: "hybrid" })
  context.diagnostic(
    `edited without weights: found by its word after ${foundAfterMs} ms; weights back: its vector after ${Date.now() - back} ms`
  )
})
