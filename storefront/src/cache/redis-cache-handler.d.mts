import type { Redis } from "ioredis"
import type { CacheHandler } from "next/dist/server/lib/cache-handlers/types"

/** See redis-cache-handler.mjs. */
export function createRedisCacheHandler(options: {
  redis: Redis
  prefix: string
  warn: (error: Error) => void
}): CacheHandler
