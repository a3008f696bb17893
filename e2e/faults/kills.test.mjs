import assert from "node:assert/strict"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { setTimeout as sleep } from "node:timers/promises"
import { HOMES } from "../../tools/lib/lock.mjs"
import { waitFor } from "../../tools/lib/network.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { openFaultShop } from "./fault-shop.mjs"
import { generateProducts, importProducts } from "./products.mjs"
import { connect } from "./shop-client.mjs"
import { assertSound, assertWhole } from "../../tools/lib/whole.mjs"

/** How many products are imported, and how often that is cut short; fewer where time is. */
const PRODUCTS = Number(process.env.FAULT_PRODUCTS ?? 2_000)
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 10)

const SETUP_LIMIT_MS = 300_000
const TEST_LIMIT_MS = 1_800_000
const PROGRESS_LIMIT_MS = 120_000
/** A kill falls somewhere within a batch, not just after one. */
const WITHIN_BATCH_MS = 1_500
/** The comparison of all products with the index has a pulse of a minute; then most texts are embedded. */
const RECOVERED_WITHIN_MS = 300_000

const home = join(HOMES.test, "kills")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })
let shop

before(async () => (shop = await openFaultShop(supervisor, home, "kills")), {
  timeout: SETUP_LIMIT_MS,
})
after(async () => {
  await shop?.close()
  await supervisor.stopAll()
})

const countOf = async (table) =>
  (await shop.query(`select count(*)::int as count from ${table}`))[0].count

test(
  `an import of ${PRODUCTS} products whose backend is killed ${ROUNDS} times`,
  { timeout: TEST_LIMIT_MS },
  async (context) => {
    await shop.startBackend()
    const [store] = (await (await connect(shop)).get("/stores")).stores
    const products = generateProducts(PRODUCTS, store.default_sales_channel_id)
    const perRound = PRODUCTS / (ROUNDS + 1)

    for (let round = 0; round < ROUNDS; round++) {
      await shop.startBackend()
      const importing = importProducts(shop, await connect(shop), products).then(
        () => "finished",
        () => "cut off"
      )
      // At random, somewhere in this round's share of the import.
      const killAt = Math.floor(perRound * (round + Math.random()))
      await waitFor(async () => (await countOf("product")) >= killAt, {
        ...{ what: `Product ${killAt}`, limitMs: PROGRESS_LIMIT_MS },
      })
      await sleep(Math.random() * WITHIN_BATCH_MS)
      await shop.killBackend()
      const outcome = await importing
      await assertSound(shop)
      context.diagnostic(
        `kill ${round + 1}: import ${outcome}, ${await countOf("product")} products, ${await countOf("semantic_search_embedding")} embeddings, ${await countOf("semantic_search_embedding_job")} texts queued`
      )
    }

    await shop.startBackend()
    await importProducts(shop, await connect(shop), products)
    const imported = Date.now()
    await assertWhole(shop, RECOVERED_WITHIN_MS)
    assert.equal(await countOf("product"), PRODUCTS)
    context.diagnostic(
      `whole ${Math.round((Date.now() - imported) / 1000)} s after the last product`
    )
  }
)
