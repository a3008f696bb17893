import type { ExecArgs } from "@medusajs/framework/types"
import { asksForUsage } from "medusa-plugin-semantic-search/scripts/usage"
import { setUpStore } from "../store/set-up-store"

const USAGE = `Usage: npx medusa exec ./src/scripts/setup-store.ts

Creates what a bookshop needs before its first book: channel, regions, shipping, taxes and the storefront's
key. It may run again at any time. The last line is for programs to read.`

/** Sets up a bookshop. */
export default async function run({ container, args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const { publishable_key } = await setUpStore(container)
  console.log(`LIBRO_SETUP ${JSON.stringify({ publishable_key })}`)
}
