/** How often a subscriber that fails is called again before its event is given up. */
const EVENT_ATTEMPTS = 3

/** The first pause before that, in milliseconds; each further one is twice as long. */
const EVENT_BACKOFF_MS = 1_000

/** One in a shop's namespace; the caches of other programs may share the server. */
const CACHE_PREFIX = "libro-mind:"

/**
 * The modules by which the processes of one shop work together: events, workflows, locks and cached data,
 * all in one Redis.
 *
 * @param redisUrl unset: each process has these for itself, which is right where there is one
 */
export function redisModules(redisUrl: string | undefined) {
  if (!redisUrl) {
    return []
  }
  return [
    {
      resolve: "@medusajs/medusa/event-bus-redis",
      options: {
        redisUrl,
        jobOptions: {
          attempts: EVENT_ATTEMPTS,
          backoff: { type: "exponential", delay: EVENT_BACKOFF_MS },
        },
      },
    },
    { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl } } },
    {
      resolve: "@medusajs/medusa/locking",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/locking-redis",
            id: "locking-redis",
            is_default: true,
            options: { redisUrl },
          },
        ],
      },
    },
    {
      resolve: "@medusajs/medusa/caching",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/caching-redis",
            id: "caching-redis",
            is_default: true,
            options: { redisUrl, prefix: CACHE_PREFIX },
          },
        ],
      },
    },
  ]
}
