import { withDatabase } from "./database.mjs"
import { postSearches } from "./load.mjs"

/**
 * A running application and the dataset that it serves.
 *
 * @typedef {object} Target
 * @property {string} url The application's address.
 * @property {string} publishableKey
 * @property {string} databaseUrl
 * @property {import("./dataset.mjs").Dataset} dataset
 * @property {AbortSignal} signal
 * @property {Promise<Error>} failed Resolves when the application is gone.
 */

/**
 * Posts searches to the application; see `postSearches`.
 *
 * @param {Target} target
 */
export const search = (target, options) =>
  postSearches(`${target.url}/store/search`, {
    headers: { "x-publishable-api-key": target.publishableKey },
    signal: target.signal,
    ...options,
  })

/**
 * The physical index that serves an engine's searches.
 *
 * @param {Target} target
 * @returns {Promise<string>}
 */
export const activeIndex = ({ databaseUrl, dataset }, engine) =>
  withDatabase(databaseUrl, async (query) => {
    const [row] = await query(
      "select v.physical_name from search_index i join search_index_version v on v.search_index_id = i.id and v.version = i.active_version where i.name = $1 and i.deleted_at is null",
      [dataset.indexes[engine]]
    )
    return row.physical_name
  })

/** A figure with so many digits after the point. */
export const round = (value, digits = 2) => Number(value.toFixed(digits))
