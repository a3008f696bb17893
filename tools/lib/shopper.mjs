const ADDRESS = {
  first_name: "Ada",
  last_name: "Reader",
  address_1: "Shelf Lane 1",
  city: "Vienna",
  postal_code: "1010",
  country_code: "at",
}

/**
 * Goes through a shop as a shopper does, on the storefront's pages and through the store's routes.
 *
 * @param {Record<string, string>} facts Those of demo.json.
 */
export function shopper({ storefront_url, backend_url, publishable_key }) {
  async function store(path, body) {
    const response = await fetch(`${backend_url}/store${path}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", "x-publishable-api-key": publishable_key },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) {
      throw new Error(`/store${path} answered ${response.status}: ${await response.text()}`)
    }
    return response.json()
  }

  return {
    /** Opens a page to its end, and answers with its status. */
    async open(path, headers) {
      const response = await fetch(storefront_url + path, { headers })
      await response.text()
      return response.status
    },

    /** Asks the assistant, and answers with all of its stream. */
    async ask(text) {
      const response = await fetch(`${storefront_url}/api/assistant`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          messages: [{ id: "1", role: "user", parts: [{ type: "text", text }] }],
        }),
      })
      return response.text()
    },

    suggestions: (q) => store(`/search/suggestions?q=${encodeURIComponent(q)}`),

    /** Searches, and answers with what is found and how. */
    async find(q) {
      const { results } = await store("/search", { entity: "product", filters: { q } })
      const [{ hits, provider_metadata: how }] = results
      return { ids: hits.map(({ id }) => id), mode: how.mode }
    },

    /** Buys one copy of a book that is in stock. */
    async buy() {
      const { regions } = await store("/regions")
      const region = regions.find(({ countries }) =>
        countries.some(({ iso_2 }) => iso_2 === ADDRESS.country_code)
      )
      const { products } = await store(
        `/products?limit=20&region_id=${region.id}&fields=*variants,+variants.inventory_quantity`
      )
      const variant = products
        .flatMap(({ variants }) => variants)
        .find(({ inventory_quantity: left }) => left > 0)
      const { cart } = await store("/carts", {
        region_id: region.id,
        email: "ada@reader.test",
        shipping_address: ADDRESS,
      })
      await store(`/carts/${cart.id}/line-items`, { variant_id: variant.id, quantity: 1 })
      const { shipping_options } = await store(`/shipping-options?cart_id=${cart.id}`)
      await store(`/carts/${cart.id}/shipping-methods`, { option_id: shipping_options[0].id })
      const { payment_collection } = await store("/payment-collections", { cart_id: cart.id })
      await store(`/payment-collections/${payment_collection.id}/payment-sessions`, {
        provider_id: "pp_system_default",
      })
      const { order } = await store(`/carts/${cart.id}/complete`, {})
      return order
    },
  }
}
