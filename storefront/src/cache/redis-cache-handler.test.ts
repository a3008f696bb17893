import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Redis } from "ioredis"
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import { createRedisCacheHandler } from "./redis-cache-handler.mjs"

/** Where packages of Debian and of Homebrew put it. */
const program = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
  .flatMap((folder) => ["redis-server", "valkey-server"].map((name) => join(folder, name)))
  .find(existsSync)

if (!program) {
  console.warn("The shared cache is NOT TESTED: there is no redis-server or valkey-server here.")
}

const MINUTE = 60_000

describe.skipIf(!program)("a cache in Redis", () => {
  let port: number
  let server: ChildProcess
  let directory: string
  const opened: Redis[] = []
  const warn = vi.fn()

  const start = async () => {
    server = spawn(program!, [
      ...["--bind", "127.0.0.1", "--port", String(port), "--dir", directory],
      ...["--appendonly", "yes", "--appendfsync", "always", "--save", ""],
    ])
    const probe = new Redis(port, "127.0.0.1", { retryStrategy: () => 20 })
    probe.on("error", () => undefined)
    await probe.ping()
    probe.disconnect()
  }
  const stop = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve))
    server.kill("SIGKILL")
    await gone
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "libro-cache-"))
    port = await freePort()
    await start()
  })
  afterAll(async () => {
    await stop()
    rmSync(directory, { recursive: true })
  })
  afterEach(async () => {
    opened.forEach((redis) => redis.disconnect())
    opened.length = 0
    vi.useRealTimers()
  })

  /** A replica of the shop: its own connection, and nothing shared but Redis. */
  async function replica(prefix = "shop:") {
    const redis = new Redis(port, "127.0.0.1", {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => 20,
    })
    opened.push(redis)
    const handler = createRedisCacheHandler({ redis, prefix, warn })
    await new Promise((resolve) => redis.once("ready", resolve))
    return { redis, ...handler }
  }

  const entry = (text: string, { tags = ["products"], age = MINUTE, expire = 3_600 } = {}) => ({
    ...{ tags, expire, stale: 0, revalidate: 300, timestamp: Date.now() - age },
    value: new Response(text).body!,
  })

  const read = async (from: { get: Awaited<ReturnType<typeof replica>>["get"] }, key: string) => {
    const found = await from.get(key, [])
    return found && (await new Response(found.value).text())
  }

  it("gives all replicas what one has made, each time anew", async () => {
    const [one, other] = await Promise.all([replica(), replica()])
    await one.set("dune", Promise.resolve(entry("Dune, 9,95 €")))
    expect(await read(other, "dune")).toBe("Dune, 9,95 €")
    expect(await read(other, "dune")).toBe("Dune, 9,95 €")
    expect(await read(await replica("another shop:"), "dune")).toBeUndefined()
  })

  it("is stale in one replica as soon as another is told so, and only what has the tag", async () => {
    const [one, other] = await Promise.all([replica(), replica()])
    await one.set("emma", Promise.resolve(entry("Emma", { tags: ["product:1"] })))
    await one.set("ulysses", Promise.resolve(entry("Ulysses", { tags: ["product:2"] })))
    expect(await read(other, "emma")).toBe("Emma")
    await one.updateTags(["product:1"], { expire: 0 })
    expect(await read(other, "emma")).toBeUndefined()
    expect(await read(other, "ulysses")).toBe("Ulysses")
  })

  it("never serves what was begun before a change and written after it", async () => {
    const one = await replica()
    await one.updateTags(["product:3"])
    await one.set("late", Promise.resolve(entry("old title", { tags: ["product:3"], age: 0 })))
    expect(await read(one, "late")).toBeUndefined()
    await one.set("new", Promise.resolve(entry("new title", { tags: ["product:3"], age: -5_000 })))
    expect(await read(one, "new")).toBe("new title")
  })

  it("serves once more what is only to be made anew", async () => {
    const one = await replica()
    await one.set("soft", Promise.resolve(entry("text", { tags: ["regions"] })))
    await one.updateTags(["regions"], { expire: 60 })
    expect(await one.get("soft", [])).toMatchObject({ revalidate: -1 })
  })

  it("keeps no half of an answer that broke off, and nothing longer than Next asks for", async () => {
    const one = await replica()
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("half"))
        controller.error(new Error("broke off"))
      },
    })
    await one.set("half", Promise.resolve({ ...entry(""), value: broken }))
    expect(await read(one, "half")).toBeUndefined()
    await one.set("short", Promise.resolve(entry("text", { expire: 15 })))
    const keys = await one.redis.keys("shop:entry:*")
    const lives = await Promise.all(keys.map((key) => one.redis.ttl(key)))
    expect(Math.min(...lives)).toBeGreaterThan(0)
    expect(Math.min(...lives)).toBeLessThanOrEqual(15)
  })

  it("caches nothing while Redis is away, and tells it then what was invalidated meanwhile", async () => {
    const [one, other] = await Promise.all([replica(), replica()])
    await one.set("persuasion", Promise.resolve(entry("Persuasion", { tags: ["product:4"] })))
    await stop()
    warn.mockClear()
    expect(await read(one, "persuasion")).toBeUndefined()
    await one.set("away", Promise.resolve(entry("text")))
    await one.updateTags(["product:4"], { expire: 0 })
    expect(warn).toHaveBeenCalled()

    const back = [one, other].map(
      ({ redis }) => new Promise((resolve) => redis.once("ready", resolve))
    )
    await start()
    await Promise.all(back)
    // What is in Redis has outlived its end; that it is old has been told by now.
    expect(await read(one, "persuasion")).toBeUndefined()
    expect(await read(other, "persuasion")).toBeUndefined()
    await one.set("emma", Promise.resolve(entry("Emma")))
    expect(await read(other, "emma")).toBe("Emma")
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
