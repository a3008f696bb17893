import { readFileSync } from "node:fs"
import { resolve } from "node:path"

/** Where the shop that is tested runs, and how to get in: what `npm run demo` writes. */
export interface Shop {
  backend_url: string
  storefront_url: string
  admin_email: string
  admin_password: string
  publishable_key: string
  database_url: string
  /** The assistant's language model; null: it answers from retrieval alone. */
  ollama_model: string | null
}

const NEEDED = [
  "backend_url",
  "storefront_url",
  "admin_email",
  "admin_password",
  "publishable_key",
  "database_url",
] as const

/**
 * Reads the shop's facts from the file that `LIBRO_DEMO_JSON` names, by default the demo's.
 *
 * @throws Error that says what to do, when the file isn't there or lacks a fact
 */
export function readShop(): Shop {
  const file = resolve(
    process.env.LIBRO_DEMO_JSON ?? resolve(import.meta.dirname, "../../.libro/demo.json")
  )
  let facts: Partial<Shop>
  try {
    facts = JSON.parse(readFileSync(file, "utf8")) as Partial<Shop>
  } catch (error) {
    throw new Error(
      `${file} can't be read: start the shop with "npm run demo", or let LIBRO_DEMO_JSON name its demo.json.`,
      { cause: error }
    )
  }
  const missing = NEEDED.filter((name) => !facts[name])
  if (missing.length) {
    throw new Error(`${file} lacks ${missing.join(", ")}: start the shop anew with "npm run demo".`)
  }
  return { ollama_model: null, ...facts } as Shop
}
