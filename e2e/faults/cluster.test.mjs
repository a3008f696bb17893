import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { after, before, describe, test } from "node:test"
import { HOMES } from "../../tools/lib/lock.mjs"
import { waitFor } from "../../tools/lib/network.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { findRedis, startRedis } from "../../tools/lib/redis.mjs"
import { assertWhole } from "../../tools/lib/whole.mjs"
import { ask } from "./assistant-client.mjs"
import { killOutright, openFaultShop } from "./fault-shop.mjs"
import { PACED_MODEL, startPacedModel } from "./paced-model.mjs"
import { generateProducts, importProducts } from "./products.mjs"
import { connect, registerCustomer } from "./shop-client.mjs"
import { planStorefronts } from "./storefronts.mjs"

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
/** What a shopper may ask in five minutes; the plugin's default. */
const QUESTIONS = 20
/** Past a server that is gone, the address before them asks the other one. */
const ANSWERED_AGAIN_WITHIN_MS = 5_000
/** Shoppers sit behind a proxy, each at an address of their own, of those that are there for examples. */
const READER = "203.0.113.1"
const MANY_QUESTIONS = "203.0.113.2"
const FEW_QUESTIONS = "203.0.113.3"

const home = join(HOMES.test, "cluster")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })
const program = await findRedis(supervisor)

describe("several processes", { skip: program ? false : "there is no Redis here" }, () => {
  let shop
  let redis
  let cluster
  let model
  let storefronts
  let salesChannel
  let imported = 0

  before(
    async () => {
      model = await startPacedModel()
      const languageModel = { url: model.url, wanted: PACED_MODEL }
      shop = await openFaultShop(supervisor, home, "cluster", languageModel)
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
    await model?.close()
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

  const serverUrls = () =>
    cluster.processes.filter(({ mode }) => mode === "server").map(({ url }) => url)
  const askFrom = (address, url = shop.backendUrl, token) =>
    ask(url, shop.publishableKey, { address, token })

  test(
    "the assistant's answer comes word by word through the one address",
    { timeout: TEST_LIMIT_MS },
    async () => {
      const answer = await askFrom(READER)
      assert.equal(answer.status, 200)
      assert.match(answer.type, /text\/event-stream/)
      const chat = await model.nextChat()
      await answer.until("The gnomon maker")
      // The next word isn't written before this one has come.
      for (const word of ["Shadows", " tell", " the hour."]) {
        chat.say(word)
        await answer.until(`"${word}"`)
      }
      chat.end()
      const { text, broken } = await answer.rest()
      assert.ok(!broken)
      assert.match(text, /\[DONE\]/)
    }
  )

  test(
    "a server that is killed amid an answer ends that one only, and the other server goes on",
    { timeout: TEST_LIMIT_MS },
    async (context) => {
      // The address before them asks each server in its turn.
      const answers = [await askFrom(READER), await askFrom(READER)]
      const chats = [await model.nextChat(), await model.nextChat()]
      for (const chat of chats) chat.say("Shadows")
      for (const answer of answers) await answer.until("Shadows")

      const victim = cluster.processes.find(({ name }) => name === "backend-server-1")
      const { pid } = victim
      process.kill(-pid, "SIGKILL")
      const killed = Date.now()
      const rests = answers.map((answer) => answer.rest())
      const lost = await Promise.race(rests.map(async (rest, i) => (await rest) && i))
      for (const chat of chats) {
        chat.say(" tell the hour.")
        chat.end()
      }
      const [ended, whole] = [await rests[lost], await rests[1 - lost]]
      assert.doesNotMatch(ended.text, /\[DONE\]/, "it looks whole, but the server is gone")
      assert.match(whole.text, / tell the hour\./)
      assert.match(whole.text, /\[DONE\]/)

      const isAnswered = async () => {
        const again = await askFrom(READER)
        if (again.status !== 200) return false
        const chat = await model.nextChat()
        chat.say("Shadows again.")
        chat.end()
        const { text } = await again.rest()
        return text.includes("Shadows again.") && text.includes("[DONE]")
      }
      await waitFor(isAnswered, {
        ...{ what: "An answer of the other server", limitMs: ANSWERED_AGAIN_WITHIN_MS },
      })
      context.diagnostic(`answered by the other server ${Date.now() - killed} ms after the end`)
      await victim.isUp()
      assert.notEqual(victim.pid, pid)
    }
  )

  test(
    "a shopper's questions are counted over both servers, and nobody else's",
    { timeout: TEST_LIMIT_MS },
    async () => {
      const statusAt = async (url, address, token) => {
        const answer = await askFrom(address, url, token)
        await answer.leave()
        return answer
      }
      const servers = serverUrls()
      for (let i = 0; i < QUESTIONS; i++) {
        const { status } = await statusAt(servers[i % servers.length], MANY_QUESTIONS)
        assert.equal(status, 200, `question ${i + 1} of ${QUESTIONS}`)
      }
      for (const url of [...servers, shop.backendUrl]) {
        const { status, retryAfter } = await statusAt(url, MANY_QUESTIONS)
        assert.equal(status, 429)
        assert.ok(retryAfter > 0, "it says when to ask again")
        const claim = `198.51.100.1, ${MANY_QUESTIONS}`
        assert.equal((await statusAt(url, claim)).status, 429, "it went by what a shopper claims")
        assert.equal((await statusAt(url, FEW_QUESTIONS)).status, 200)
      }
      // A customer has a count of their own, at whatever address.
      const token = await registerCustomer(shop)
      for (const url of servers) {
        assert.equal((await statusAt(url, MANY_QUESTIONS, token)).status, 200)
      }
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
