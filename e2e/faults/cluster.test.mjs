import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, test } from "node:test"
import { HOMES } from "../../tools/lib/lock.mjs"
import { waitFor } from "../../tools/lib/network.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { findRedis, startRedis } from "../../tools/lib/redis.mjs"
import { killOutright, openFaultShop } from "./fault-shop.mjs"
import { generateProducts, importProducts } from "./products.mjs"
import { connect } from "./shop-client.mjs"
import { planStorefronts } from "./storefronts.mjs"
import { assertWhole } from "./whole.mjs"

/*
 * Two servers and two workers behind one address, with a Redis: what each does the others know of, and
 * the end of any of them loses nothing.
 */

const SETUP_LIMIT_MS = 300_000
const TEST_LIMIT_MS = 300_000
/** What the shop promises for any change. */
const FRESH_WITHIN_MS = 5_000
/** Products that are imported while a process is killed. */
const PRODUCTS = 150
/** Far enough into the import that something is done, and early enough that most is not. */
const KILL_AT = 50
const PROGRESS_LIMIT_MS = 120_000
/** A process comes back, the comparison of all products runs, and then what is missing is embedded. */
const RECOVERED_WITHIN_MS = 180_000

const home = join(HOMES.test, "cluster")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })
const program = await findRedis(supervisor)

describe("several processes", { skip: program ? false : "there is no Redis here" }, () => {
  let shop
  let redis
  let cluster
  let storefronts
  let salesChannel
  let imported = 0

  before(
    async () => {
      shop = await openFaultShop(supervisor, home, "cluster")
      rmSync(join(home, "redis"), { recursive: true, force: true })
      redis = await startRedis({ program, directory: join(home, "redis"), supervisor })
      const plan = await planStorefronts(randomBytes(32).toString("hex"))
      cluster = await shop.startCluster(redis.url, plan.backend)
      storefronts = await plan.start(supervisor, shop, redis.url)
      const [store] = (await (await connect(shop)).get("/stores")).stores
      salesChannel = store.default_sales_channel_id
    },
    { timeout: SETUP_LIMIT_MS }
  )
  after(async () => {
    await cluster?.stop()
    await shop?.close()
    await supervisor.stopAll()
  })

  const serverAt = (copy) => {
    const { url } = cluster.processes.find(({ name }) => name === `backend-server-${copy}`)
    return connect({ ...shop, backendUrl: url })
  }

  test(
    "what one server is told, the other finds, by words and by meaning",
    { timeout: TEST_LIMIT_MS },
    async (context) => {
      const [one, other] = await Promise.all([serverAt(1), serverAt(2)])
      const [wanted] = generateProducts(1, salesChannel)
      const { product } = await one.post("/products", {
        ...wanted,
        handle: "sundial",
        title: "The sundial maker",
        description: "An astronomer carves stones that tell the hour by the shadow of the sun.",
      })
      const { id } = product
      const finds = async (q) => (await other.search({ q, id })).ids.includes(id)
      const started = Date.now()
      await waitFor(() => finds("sundial"), { what: "The new word", limitMs: FRESH_WITHIN_MS })
      const words = Date.now() - started
      await waitFor(() => finds("clocks without wheels"), {
        ...{ what: "The new meaning", limitMs: FRESH_WITHIN_MS },
      })
      const meaning = Date.now() - started
      await other.post(`/products/${id}`, { title: "The gnomon maker" })
      await waitFor(async () => (await one.search({ q: "gnomon", id })).ids.length === 1, {
        ...{ what: "The other server's change", limitMs: FRESH_WITHIN_MS },
      })
      context.diagnostic(`found by its word after ${words} ms, by its meaning after ${meaning} ms`)
    }
  )

  test(
    "the assistant's answer comes in pieces through the one address",
    { timeout: TEST_LIMIT_MS },
    async () => {
      const response = await fetch(`${shop.backendUrl}/store/assistant`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-publishable-api-key": shop.publishableKey,
        },
        body: JSON.stringify({
          messages: [{ role: "user", parts: [{ type: "text", text: "a book about sundials" }] }],
        }),
      })
      assert.equal(response.status, 200)
      assert.match(response.headers.get("content-type"), /text\/event-stream/)
      const pieces = []
      for await (const piece of response.body) pieces.push(Buffer.from(piece).toString())
      assert.ok(pieces.length > 1, "it came at once")
      assert.match(pieces.join(""), /The gnomon maker/)
      assert.match(pieces.join(""), /\[DONE\]/)
    }
  )

  test(
    "what one server is told, both storefronts show, though one of them alone hears of it",
    { timeout: TEST_LIMIT_MS },
    async (context) => {
      const [one, other] = await Promise.all([serverAt(1), serverAt(2)])
      const [wanted] = generateProducts(1, salesChannel)
      const handle = "astrolabe"
      const told = { ...wanted, handle, title: "The astrolabe maker" }
      // An address without a book is kept as well, and forgotten.
      for (const { page } of storefronts) await page(`/books/${handle}`)
      const { product } = await one.post("/products", told)
      const bothShow = async (title) => {
        const pages = await Promise.all(storefronts.map(({ page }) => page(`/books/${handle}`)))
        return pages.every((page) => page.includes(title))
      }
      await waitFor(() => bothShow("The astrolabe maker"), {
        ...{ what: "The new book's page", limitMs: FRESH_WITHIN_MS },
      })

      // What nobody says, nobody sees: the pages come from the cache.
      await shop.query("update product set title = 'Unheard of' where id = $1", [product.id])
      assert.ok(await bothShow("The astrolabe maker"))

      await other.post(`/products/${product.id}`, { title: "The quadrant maker" })
      const renamed = Date.now()
      await waitFor(() => bothShow("The quadrant maker"), {
        ...{ what: "The new title on both storefronts", limitMs: FRESH_WITHIN_MS },
      })
      context.diagnostic(`both storefronts show a new title after ${Date.now() - renamed} ms`)
      assert.ok(await bothShow("The quadrant maker"), "an old page came back")
    }
  )

  /** Imports more products through the one address, and ends a process amid it. */
  async function importWhile(kill) {
    imported += PRODUCTS
    const products = generateProducts(imported, salesChannel)
    const countNow = async () =>
      (await shop.query("select count(*)::int as count from product where deleted_at is null"))[0]
        .count
    const before = await countNow()
    let done = false
    const importing = async () => {
      // A merchant tries again what was answered with an error.
      const isImported = () =>
        connect(shop)
          .then((client) => importProducts(shop, client, products))
          .then(
            () => true,
            () => false
          )
      await waitFor(isImported, { what: "The import", limitMs: RECOVERED_WITHIN_MS })
      done = true
    }
    const killing = async () => {
      const isUnderWay = async () => done || (await countNow()) >= before + KILL_AT
      await waitFor(isUnderWay, { what: "The import's beginning", limitMs: PROGRESS_LIMIT_MS })
      assert.ok(!done, "the import was over before anything was killed")
      await kill()
    }
    await Promise.all([importing(), killing()])
    const killed = Date.now()
    await assertWhole(shop, RECOVERED_WITHIN_MS)
    assert.equal(await countNow(), before + PRODUCTS)
    return Math.round((Date.now() - killed) / 1_000)
  }

  for (const name of ["backend-server-1", "backend-worker-1", "backend-worker-2"]) {
    test(`${name} is killed amid an import`, { timeout: TEST_LIMIT_MS }, async (context) => {
      const victim = cluster.processes.find((each) => each.name === name)
      const { pid } = victim
      const seconds = await importWhile(async () => process.kill(-pid, "SIGKILL"))
      await victim.isUp()
      assert.notEqual(victim.pid, pid)
      context.diagnostic(`whole ${seconds} s after the last product; started again by itself`)
    })
  }

  test("Redis is killed amid an import", { timeout: TEST_LIMIT_MS }, async (context) => {
    const seconds = await importWhile(async () => {
      await killOutright(redis)
      const { port } = redis
      redis = await startRedis({ program, directory: join(home, "redis"), port, supervisor })
    })
    context.diagnostic(`whole ${seconds} s after the last product`)
  })
})
