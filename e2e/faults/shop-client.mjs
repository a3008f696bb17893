const REQUEST_MS = 30_000

/**
 * Talks to a fault shop as its merchant and its shoppers do, and looks into its index.
 *
 * @param {Awaited<ReturnType<typeof import("./fault-shop.mjs").openFaultShop>>} shop Its backend runs.
 */
export async function connect({ backendUrl, publishableKey, admin, query }) {
  async function send(path, { method = "GET", headers, body } = {}) {
    const response = await fetch(`${backendUrl}${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    })
    if (response.status !== 200) {
      throw new Error(
        `${method} ${path} answered ${response.status} instead of 200: ${await response.text()}`
      )
    }
    return response.json()
  }

  const { token } = await send("/auth/user/emailpass", {
    method: "POST",
    body: { email: admin.email, password: admin.password },
  })
  const headers = { authorization: `Bearer ${token}` }

  return {
    get: (path) => send(`/admin${path}`, { headers }),
    post: (path, body) => send(`/admin${path}`, { method: "POST", headers, body }),

    /**
     * Sends a shopper's search, and answers with the status whatever it is; 0 where no answer came.
     *
     * @returns {Promise<number>}
     */
    async searchStatus(filters) {
      const response = await fetch(`${backendUrl}/store/search`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-publishable-api-key": publishableKey },
        body: JSON.stringify({ entity: "product", filters }),
        signal: AbortSignal.timeout(REQUEST_MS),
      }).catch(() => undefined)
      await response?.text()
      return response?.status ?? 0
    },

    /**
     * A shopper's search.
     *
     * @returns {Promise<{ ids: string[], mode: string, degraded?: string }>}
     */
    async search(filters) {
      const { results } = await send("/store/search", {
        method: "POST",
        headers: { "x-publishable-api-key": publishableKey },
        body: { entity: "product", filters },
      })
      const [{ hits, provider_metadata }] = results
      const { mode, degraded } = provider_metadata
      return { ids: hits.map(({ id }) => id), mode, ...(degraded ? { degraded } : {}) }
    },

    /** What the doctor says of the index that serves; null before there is one. */
    async coverage() {
      const { indexes } = await send("/admin/semantic-search/status", { headers })
      return indexes.find(({ name }) => name === "product")?.active ?? null
    },

    /**
     * The documents of the index that serves, as they stand in the database.
     *
     * @returns {Promise<{ id: string, document: object, embeddable: boolean, embedded: boolean }[]>}
     */
    async documents() {
      const [{ table_name }] = await query(
        `select stored.table_name from search_index index
         join search_index_version version
           on version.search_index_id = index.id and version.version = index.active_version
         join semantic_search_index stored on stored.name = version.physical_name
         where index.name = 'product' and index.deleted_at is null and version.deleted_at is null`
      )
      return query(
        `select id, document, v0_hash is not null as embeddable, v0 is not null as embedded from "${table_name}"`
      )
    },
  }
}

const CUSTOMER = { email: "reader@libro-mind.test", password: "a reader's password" }

/**
 * Makes a customer's account and logs in.
 *
 * @param {{ backendUrl: string, publishableKey: string }} shop
 * @returns {Promise<string>} The customer's token.
 */
export async function registerCustomer({ backendUrl, publishableKey }) {
  const post = async (path, body, token) => {
    const response = await fetch(`${backendUrl}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-publishable-api-key": publishableKey,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    })
    if (response.status !== 200) {
      throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`)
    }
    return response.json()
  }
  const { token } = await post("/auth/customer/emailpass/register", CUSTOMER)
  await post("/store/customers", { email: CUSTOMER.email }, token)
  return (await post("/auth/customer/emailpass", CUSTOMER)).token
}
