import { findFreePort, waitForUrl } from "../../tools/lib/network.mjs"
import { STOREFRONT } from "../../tools/lib/paths.mjs"

const START_LIMIT_MS = 60_000
const PAGE_MS = 30_000
const COPIES = 2

/**
 * Several storefronts of one shop, of which the backend knows the first only; they share a cache in Redis.
 *
 * @param {string} secret By which they know the backend.
 * @returns {Promise<{ backend: NodeJS.ProcessEnv, start: typeof start }>} `backend`: what the backend is told.
 */
export async function planStorefronts(secret) {
  const ports = []
  for (let copy = 1; copy <= COPIES; copy++) ports.push(await findFreePort())
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)

  /**
   * @param {import("../../tools/lib/process.mjs").Supervisor} supervisor Stops them at the end.
   * @param {{ backendUrl: string, publishableKey: string }} shop
   * @param {string} redisUrl
   * @returns {Promise<{ page(path: string): Promise<string> }[]>}
   */
  async function start(supervisor, { backendUrl, publishableKey }, redisUrl) {
    const running = ports.map((port, i) =>
      supervisor.start(`storefront-${i + 1}`, "npm", ["run", "start"], {
        cwd: STOREFRONT,
        env: {
          NODE_ENV: "production",
          PORT: String(port),
          MEDUSA_BACKEND_URL: backendUrl,
          MEDUSA_PUBLISHABLE_KEY: publishableKey,
          REDIS_URL: `${redisUrl}/1`,
          REVALIDATE_SECRET: secret,
          METRICS_PORT: "",
          NEXT_TELEMETRY_DISABLED: "1",
        },
      })
    )
    return Promise.all(
      urls.map(async (url, i) => {
        await waitForUrl(`${url}/api/health`, {
          ...{ what: `Storefront ${i + 1}`, limitMs: START_LIMIT_MS, failed: running[i].exited },
        })
        return {
          url,
          /** A page as a shopper gets it. */
          async page(path) {
            const response = await fetch(url + path, { signal: AbortSignal.timeout(PAGE_MS) })
            return response.text()
          },
        }
      })
    )
  }

  return { backend: { STOREFRONT_URL: urls[0], REVALIDATE_SECRET: secret }, start }
}
