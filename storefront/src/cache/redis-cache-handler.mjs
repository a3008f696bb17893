import { createHash } from "node:crypto"

/** The longest that an entry is kept, in seconds, and so the longest that its tags' marks matter. */
const MOST_SECONDS = 24 * 60 * 60

/**
 * How far the clocks of two replicas may be apart. What was begun so shortly after its tag was invalidated
 * counts as begun before: it is made once more, rather than being kept in an old state.
 */
const CLOCK_SKEW_MS = 1_000

const digest = (text) => createHash("sha256").update(text).digest("base64url")

/** @param {Uint8Array} bytes */
const streamOf = (bytes) =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })

/** Runs commands in one go. @throws {Error} The first that one of them failed with. */
async function runAll(pipeline) {
  const results = await pipeline.exec()
  const failed = results.find(([error]) => error)
  if (failed) throw failed[0]
  return results.map(([, result]) => result)
}

/**
 * A cache of Next's in a Redis that several replicas share: what one has made, none makes again, and a tag
 * that one invalidates is invalid for all, at once: each reading looks at the marks of the entry's tags.
 * An entry that was begun before its tag was invalidated is not served, also when it is written later.
 *
 * Without Redis nothing is cached and nothing fails. What was invalidated meanwhile is told to Redis as soon
 * as it is back, and until then this replica takes nothing from it.
 *
 * Own code, since of the packages for this one doesn't support `cacheHandlers`, and the other calls its
 * support experimental and needs a Redis with keyspace notifications, which managed ones have off.
 *
 * @param {object} options
 * @param {import("ioredis").Redis} options.redis One whose commands fail while it isn't connected.
 * @param {string} options.prefix Of all keys.
 * @param {(error: Error) => void} options.warn Told each time that Redis fails.
 * @returns {import("next/dist/server/lib/cache-handlers/types").CacheHandler}
 */
export function createRedisCacheHandler({ redis, prefix, warn }) {
  /** What is being written, by key: who reads it waits. */
  const writing = new Map()
  /** Marks that Redis doesn't have yet, by tag. */
  const owed = new Map()

  // A key holds the arguments of its function, of any length.
  const entryKey = (cacheKey) => `${prefix}entry:${digest(cacheKey)}`
  const tagKey = (tag) => `${prefix}tag:${tag}`

  redis.on("error", warn)
  redis.on("ready", () => void payOwed().catch(warn))

  async function payOwed() {
    const marks = [...owed]
    if (!marks.length) return
    const pipeline = redis.pipeline()
    for (const [tag, { moments, keepSeconds }] of marks) {
      pipeline.hset(tagKey(tag), moments)
      pipeline.expire(tagKey(tag), keepSeconds)
    }
    await runAll(pipeline)
    for (const [tag, mark] of marks) if (owed.get(tag) === mark) owed.delete(tag)
  }

  /** @returns {Promise<{ stale: number, expired: number }[]>} When each tag was marked; 0: never. */
  async function marksOf(tags) {
    if (!tags.length) return []
    const pipeline = redis.pipeline()
    for (const tag of tags) pipeline.hmget(tagKey(tag), "stale", "expired")
    const rows = await runAll(pipeline)
    return rows.map(([stale, expired]) => ({ stale: Number(stale), expired: Number(expired) }))
  }

  async function read(cacheKey, softTags) {
    await payOwed()
    const text = await redis.get(entryKey(cacheKey))
    if (text === null) return undefined
    const { value, ...entry } = JSON.parse(text)
    const marks = await marksOf([...entry.tags, ...softTags])
    const isBefore = (moment) => moment > 0 && entry.timestamp < moment + CLOCK_SKEW_MS
    if (marks.some(({ expired }) => isBefore(expired) && expired <= Date.now())) return undefined
    // A negative time has Next serve it once more and make it anew.
    const revalidate = marks.some(({ stale }) => isBefore(stale)) ? -1 : entry.revalidate
    return { ...entry, revalidate, value: streamOf(Buffer.from(value, "base64")) }
  }

  async function write(cacheKey, pendingEntry) {
    const { value, ...entry } = await pendingEntry
    const bytes = Buffer.from(await new Response(value).arrayBuffer())
    const seconds = Math.min(Math.ceil(entry.expire), MOST_SECONDS)
    if (seconds < 1) return
    const text = JSON.stringify({ ...entry, value: bytes.toString("base64") })
    await redis.set(entryKey(cacheKey), text, "EX", seconds)
  }

  return {
    async get(cacheKey, softTags) {
      await writing.get(cacheKey)
      return await read(cacheKey, softTags).catch((error) => void warn(error))
    },

    async set(cacheKey, pendingEntry) {
      // A stream that broke off is dropped as well: half an answer is none.
      const done = write(cacheKey, pendingEntry).catch(warn)
      writing.set(cacheKey, done)
      await done
      if (writing.get(cacheKey) === done) writing.delete(cacheKey)
    },

    async updateTags(tags, durations) {
      const now = Date.now()
      const seconds = durations ? durations.expire : 0
      const moments = {
        ...(durations ? { stale: now } : {}),
        ...(seconds === undefined ? {} : { expired: now + seconds * 1000 }),
      }
      const keepSeconds = MOST_SECONDS + Math.ceil(seconds ?? 0)
      for (const tag of tags) owed.set(tag, { moments, keepSeconds })
      await payOwed().catch(warn)
    },

    // The marks of tags are read with each entry, those of paths among them.
    async refreshTags() {},
    async getExpiration() {
      return Infinity
    },
  }
}
