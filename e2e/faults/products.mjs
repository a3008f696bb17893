const TRADES = ["A clockmaker", "A ferryman", "A beekeeper", "A mapmaker", "A cook", "A locksmith"]
const TROUBLES = ["loses a letter", "finds a door", "owes a debt", "keeps a secret", "hears a song"]
const PLACES = ["in a harbour town", "on a mountain pass", "in an old theatre", "under the city"]

/** Digits of the number in a handle, so that handles sort as they were generated. */
const DIGITS = 5

const pick = (words, number) => words[number % words.length]

/**
 * Products for the Admin API, each with a text of its own and the same in every run.
 *
 * @param {number} count
 * @param {string} salesChannelId
 */
export function generateProducts(count, salesChannelId) {
  return Array.from({ length: count }, (_, number) => {
    const handle = `generated-${String(number).padStart(DIGITS, "0")}`
    return {
      handle,
      title: `${pick(TRADES, number)}, volume ${number}`,
      description: `${pick(TRADES, number)} ${pick(TROUBLES, number >> 1)} ${pick(PLACES, number >> 2)}. Chapter ${number}.`,
      status: "published",
      sales_channels: [{ id: salesChannelId }],
      options: [{ title: "Format", values: ["Paperback"] }],
      variants: [
        {
          title: "Paperback",
          options: { Format: "Paperback" },
          manage_inventory: false,
          prices: [{ currency_code: "eur", amount: 10 }],
        },
      ],
    }
  })
}

const BATCH = 50

/**
 * Creates those products that the shop doesn't have, a batch a request.
 *
 * @param {{ query: (sql: string) => Promise<{ handle: string }[]> }} shop
 * @param {{ post(path: string, body: object): Promise<unknown> }} client
 * @param {ReturnType<typeof generateProducts>} products
 */
export async function importProducts({ query }, client, products) {
  const rows = await query("select handle from product where deleted_at is null")
  const there = new Set(rows.map(({ handle }) => handle))
  const missing = products.filter(({ handle }) => !there.has(handle))
  for (let start = 0; start < missing.length; start += BATCH) {
    await client.post("/products/batch", { create: missing.slice(start, start + BATCH) })
  }
}
