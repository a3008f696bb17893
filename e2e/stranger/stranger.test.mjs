import assert from "node:assert/strict"
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { HOMES } from "../../tools/lib/lock.mjs"
import { ensureModel, MODEL_NAME } from "../../tools/lib/models.mjs"
import { waitFor } from "../../tools/lib/network.mjs"
import { PLUGIN, STATE } from "../../tools/lib/paths.mjs"
import { Supervisor } from "../../tools/lib/process.mjs"
import { PARKA, productInput, PRODUCTS } from "./products.mjs"
import { readmeBlocks, replaceOnce } from "./readme-blocks.mjs"
import { openStrangersStore, search, send } from "./strangers-store.mjs"

/** Packages come from npm's cache where they can, else from the registry. */
const SETUP_LIMIT_MS = 600_000
const TEST_LIMIT_MS = 600_000
/** A start, the rebuild of a few documents, and the model's first texts. */
const SWITCHED_WITHIN_MS = 60_000
const FRESH_WITHIN_MS = 5_000
/** The package is code without weights: what makes it larger got in by mistake. */
const PACKAGE_LIMIT_BYTES = 400_000

const ADMIN = { email: "owner@stranger.test", password: "a-strangers-password" }
const NPM = { npm_config_prefer_offline: "true", npm_config_audit: "false" }
const CONFIG = "medusa-config.ts"
const INDEX = "src/search/product.ts"
/** By its words, which any provider finds; and by a meaning that shares no word with the product. */
const BY_WORD = "waxed cotton"
const BY_MEANING = "something warm for a rainy day"

const home = join(HOMES.test, "stranger")
const supervisor = new Supervisor({ logDirectory: join(home, "logs") })
const readme = readmeBlocks(join(PLUGIN, "README.md"))

let store
let packed
let key
/** The store's server, of which there are two for the moment in which one follows the other. */
let server
const stock = {}

/** What the README says, or a failure that names what it lacks. */
function block(name) {
  const code = readme.get(name)
  assert.ok(code, `the README has a block "${name}"`)
  return code
}

const edit = (file, change) => store.write(file, change(store.read(file)))

async function packPlugin(directory) {
  const { output } = await supervisor.run(
    "npm-pack",
    "npm",
    ["pack", "--json", "--loglevel=error", "--pack-destination", directory],
    { cwd: PLUGIN }
  )
  const [contents] = JSON.parse(output.join("\n"))
  return { ...contents, tarball: join(directory, contents.filename) }
}

/** Logs in and fills the shelves, as a merchant does through the Admin API. */
async function fillStore(url) {
  const { token } = await send(`${url}/auth/user/emailpass`, { method: "POST", body: ADMIN })
  const headers = { authorization: `Bearer ${token}` }
  const post = (path, body) => send(`${url}/admin${path}`, { method: "POST", headers, body })
  const { stores } = await send(`${url}/admin/stores`, { headers })
  const channel = stores[0].default_sales_channel_id
  const { api_key: apiKey } = await post("/api-keys", { title: "Shop", type: "publishable" })
  await post(`/api-keys/${apiKey.id}/sales-channels`, { add: [channel] })
  for (const product of PRODUCTS) await post("/products", productInput(product, channel))
  return apiKey.token
}

/**
 * Searches a server over and over, as its shoppers would, and notes each answer without the product.
 *
 * @returns {{ stop(): Promise<{ searches: number, failures: string[] }> }}
 */
function keepSearching(url) {
  const failures = []
  let searches = 0
  let stopped = false
  const done = (async () => {
    while (!stopped) {
      try {
        const { titles } = await search(url, key, BY_WORD)
        if (titles[0] !== PARKA) failures.push(`found ${JSON.stringify(titles)}`)
      } catch (error) {
        failures.push(error.message)
      }
      searches += 1
    }
  })()
  return {
    async stop() {
      stopped = true
      await done
      return { searches, failures }
    },
  }
}

/** Starts a server with the files as they are now, and stops the one before once it answers. */
async function replaceServer(name) {
  const shoppers = keepSearching(server.url)
  const next = await store.start(name)
  const newShoppers = keepSearching(next.url)
  const oldShoppers = await shoppers.stop()
  await server.stop()
  server = next
  return { oldShoppers, newShoppers }
}

const activeProvider = async () =>
  (
    await store.query(
      `select version.provider from search_index index
       join search_index_version version
         on version.search_index_id = index.id and version.version = index.active_version
       where index.name = 'product' and index.deleted_at is null and version.deleted_at is null`
    )
  )[0]?.provider

const waitForProvider = (provider) =>
  waitFor(async () => (await activeProvider()) === provider, {
    ...{ what: `The index of ${provider}`, limitMs: SWITCHED_WITHIN_MS },
  })

function assertAlwaysFound({ searches, failures }, context, when) {
  assert.deepEqual(failures, [], `searches that went wrong ${when}`)
  assert.ok(searches > 0)
  context.diagnostic(`${when}: ${searches} searches, each with its product`)
}

before(
  async () => {
    store = await openStrangersStore(supervisor, home)
    packed = await packPlugin(store.directory)
    await store.shell("stranger-install", "npm install", NPM)
    stock.config = store.read(CONFIG)
    stock.index = store.read(INDEX)
    await store.shell("stranger-migrate", "npx medusa db:migrate")
    await store.shell("stranger-user", `npx medusa user -e ${ADMIN.email} -p ${ADMIN.password}`)
    server = await store.start("stranger-stock")
    await waitForProvider("search-postgres")
    key = await fillStore(server.url)
    await waitFor(async () => (await search(server.url, key, BY_WORD)).titles[0] === PARKA, {
      ...{ what: "The stock store's search", limitMs: FRESH_WITHIN_MS },
    })
  },
  { timeout: SETUP_LIMIT_MS }
)
after(async () => {
  await store?.close()
  await supervisor.stopAll()
})

test("the package holds what it needs, and nothing else", (context) => {
  const paths = packed.files.map(({ path }) => path)
  assert.deepEqual(
    paths.filter((path) => !/\.(d\.ts|js|mjs)$/.test(path)),
    ["LICENSE", "README.md", "package.json"]
  )
  assert.deepEqual(
    paths.filter((path) => /\.spec\.|\/testing\/|integration-tests/.test(path)),
    []
  )
  assert.ok(packed.size < PACKAGE_LIMIT_BYTES, `${packed.size} bytes`)

  const { exports } = JSON.parse(readFileSync(join(PLUGIN, "package.json"), "utf8"))
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target)
  )
  for (const target of targets) {
    const [start, end = ""] = target.slice("./".length).split("*")
    assert.ok(
      paths.some((path) => path.startsWith(start) && path.endsWith(end)),
      `${target} is in the package`
    )
  }
  context.diagnostic(`${paths.length} files, ${Math.round(packed.size / 1000)} kB`)
})

test("it installs by its README, without CUDA libraries", { timeout: TEST_LIMIT_MS }, async () => {
  store.write(".npmrc", block("npmrc"))
  const install = replaceOnce(block("install"), "medusa-plugin-semantic-search", packed.tarball)
  await store.shell("stranger-install-plugin", install, NPM)

  const runtime = join(store.directory, "node_modules/onnxruntime-node/bin")
  const libraries = readdirSync(runtime, { recursive: true }).filter((name) => /\.so/.test(name))
  assert.deepEqual(
    libraries.filter((name) => /cuda|tensorrt/.test(name)),
    []
  )
})

test(
  "two files are edited, and TypeScript knows the types",
  { timeout: TEST_LIMIT_MS },
  async () => {
    const { directory: models } = await ensureModel({
      directory: join(STATE, "models"),
      configured: process.env.LIBRO_MODELS_DIR,
      hub: process.env.HF_ENDPOINT,
      ...{ supervisor, report: { detail() {}, count() {} } },
    })
    cpSync(join(models, MODEL_NAME), join(store.directory, "models", MODEL_NAME), {
      recursive: true,
    })
    const added = replaceOnce(
      block("config"),
      `id: "pgvector",\n            options: {},`,
      `id: "pgvector",\n            ${block("models").trim()}`
    )
    edit(CONFIG, (config) => `${config.trimEnd().slice(0, -"})".length)}${added}})\n`)
    store.write(INDEX, block("index"))
    await store.shell("stranger-typecheck", "npx tsc --noEmit")
  }
)

test(
  "it takes over from search-postgres while shoppers search",
  { timeout: TEST_LIMIT_MS },
  async (context) => {
    const shoppers = keepSearching(server.url)
    const { output } = await store.shell("stranger-migrate-plugin", block("migrate"))
    assertAlwaysFound(await shoppers.stop(), context, "during the migration")
    assert.match(
      output.join("\n"),
      /Rebuilt following search indexes[^]*search-postgres -> pgvector, product_v1 -> product_v2/
    )

    const { oldShoppers, newShoppers } = await replaceServer("stranger-pgvector")
    assertAlwaysFound(oldShoppers, context, "at the old server until the new one was there")
    await waitForProvider("pgvector")
    await waitFor(async () => (await search(server.url, key, BY_MEANING)).titles[0] === PARKA, {
      ...{ what: "Search by meaning", limitMs: SWITCHED_WITHIN_MS },
    })
    assertAlwaysFound(await newShoppers.stop(), context, "at the new server")
  }
)

test("the README's first search finds by meaning", async () => {
  const command = replaceOnce(block("search"), "http://localhost:9000", server.url)
  const { output } = await store.shell("stranger-search", command, { KEY: key })
  const { results } = JSON.parse(output.find((line) => line.startsWith("{")))
  assert.equal(results[0].hits[0].document.title, PARKA)
  assert.equal(results[0].provider_metadata.mode, "hybrid")
})

test("the README's question is answered from the products", async () => {
  const command = replaceOnce(block("ask"), "http://localhost:9000", server.url)
  const { output } = await store.shell("stranger-ask", command, { KEY: key })
  const text = output.join("\n")
  assert.match(text, new RegExp(PARKA))
  assert.match(text, /\[DONE\]/)
})

test("the doctor is content", { timeout: TEST_LIMIT_MS }, async () => {
  store.write("src/scripts/doctor.ts", block("doctor-file"))
  const { output } = await store.shell("stranger-doctor", block("doctor"))
  const text = output.join("\n")
  assert.match(text, /Semantic search is well/)
  assert.match(text, new RegExp(`product: ${PRODUCTS.length} documents, ${PRODUCTS.length} of`))

  const usage = await store.shell("stranger-doctor-usage", `${block("doctor").trim()} usage`)
  assert.match(usage.output.join("\n"), /Usage: npx medusa exec \.\/src\/scripts\/doctor\.ts/)
})

test("the admin has the plugin's page", { timeout: TEST_LIMIT_MS }, async () => {
  await store.shell("stranger-build", "npx medusa build")
  const assets = join(store.directory, ".medusa/server/public/admin/assets")
  const pages = readdirSync(assets).filter((name) => name.endsWith(".js"))
  assert.ok(
    pages.some((name) => readFileSync(join(assets, name), "utf8").includes("Semantic search")),
    "a page of that title is in the admin's build"
  )
})

test("search-postgres takes over again", { timeout: TEST_LIMIT_MS }, async (context) => {
  edit(CONFIG, (config) =>
    replaceOnce(config, `default_provider: "pgvector",`, block("back").trim())
  )
  const { output } = await store.shell("stranger-migrate-back", block("migrate"))
  assert.match(output.join("\n"), /pgvector -> search-postgres, product_v2 -> product_v3/)

  const { oldShoppers, newShoppers } = await replaceServer("stranger-back")
  assertAlwaysFound(oldShoppers, context, "at the old server on the way back")
  await waitForProvider("search-postgres")
  assertAlwaysFound(await newShoppers.stop(), context, "at the new server on the way back")
  assert.deepEqual((await search(server.url, key, BY_WORD)).titles, [PARKA])
})

test("it leaves nothing behind", { timeout: TEST_LIMIT_MS }, async () => {
  await server.stop()
  await store.shell("stranger-remove-data", block("remove-data"))
  store.write(CONFIG, stock.config)
  store.write(INDEX, stock.index)
  await store.shell("stranger-uninstall", block("uninstall"), NPM)
  await store.shell("stranger-migrate-without", block("migrate"))

  const remains = await store.query(
    `select relname as name from pg_class where relname like 'semantic_search%'
     union all select cfgname from pg_ts_config where cfgname like 'semantic_search%'
     union all select dictname from pg_ts_dict where dictname like 'semantic_search%'
     union all select proname from pg_proc where proname like 'semantic_search%'`
  )
  assert.deepEqual(remains, [])
  assert.equal(existsSync(join(store.directory, "node_modules/onnxruntime-node")), false)

  server = await store.start("stranger-without")
  await waitForProvider("search-postgres")
  await waitFor(async () => (await search(server.url, key, BY_WORD)).titles[0] === PARKA, {
    ...{ what: "The search of the store as it was", limitMs: SWITCHED_WITHIN_MS },
  })
})
