import type { ExecArgs } from "@medusajs/framework/types"
import { setUpStore } from "../store/set-up-store"

/**
 * Creates what a bookshop needs before its first book: channel, regions, shipping, taxes and the
 * storefront's key. It may run again at any time. The last line is for programs to read.
 */
export default async function run({ container }: ExecArgs): Promise<void> {
  const { publishable_key } = await setUpStore(container)
  console.log(`LIBRO_SETUP ${JSON.stringify({ publishable_key })}`)
}
