import { createHash } from "node:crypto"
import { Redis } from "ioredis"
import { createDefaultCacheHandler } from "next/dist/server/lib/cache-handlers/default.js"
import { createRedisCacheHandler } from "./redis-cache-handler.mjs"

/*
 * Where Next keeps what "use cache" functions answered (`cacheHandlers` in next.config.ts): in the Redis at
 * REDIS_URL, which all replicas of the shop share, or else in this process. Next loads this file itself,
 * outside of its bundles.
 */

/** In this process, in bytes: Next's own default. */
const MEMORY_BYTES = 50 * 1024 * 1024

/** A cache that takes longer than this is of no use: the backend is asked instead. */
const COMMAND_TIMEOUT_MS = 500
const CONNECT_TIMEOUT_MS = 2_000
const LONGEST_PAUSE_MS = 2_000

/** The same trouble is logged once in a while, not at each request. */
const REPEAT_WARNING_AFTER_MS = 60_000

function openRedis(url) {
  return new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // While Redis is away a request must not wait for it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE_MS),
  })
}

function createWarning() {
  let warnedAt = 0
  return (error) => {
    if (Date.now() - warnedAt >= REPEAT_WARNING_AFTER_MS) {
      warnedAt = Date.now()
      console.warn(`The shared cache doesn't answer; pages are made without it. ${error.message}`)
    }
  }
}

/** Shops that share a Redis are told apart by their key, which isn't written down there. */
function prefixOf(publishableKey) {
  const shop = createHash("sha256").update(publishableKey).digest("hex").slice(0, 16)
  return `libro-mind:storefront:${shop}:`
}

const { REDIS_URL, MEDUSA_PUBLISHABLE_KEY = "", NEXT_PHASE } = process.env

// A build asks nobody.
export default REDIS_URL && NEXT_PHASE !== "phase-production-build"
  ? createRedisCacheHandler({
      redis: openRedis(REDIS_URL),
      prefix: prefixOf(MEDUSA_PUBLISHABLE_KEY),
      warn: createWarning(),
    })
  : createDefaultCacheHandler(MEMORY_BYTES)
