import type { ExecArgs } from "@medusajs/framework/types"
import { removeFromDatabase } from "../maintenance"
import { asksForUsage } from "./usage"

const USAGE = `Usage: npx medusa exec ./node_modules/medusa-plugin-semantic-search/.medusa/server/src/scripts/uninstall.js

Removes the plugin's tables, once another provider answers the searches; before that it refuses.`

/** Removes the plugin's data from the store's database, once another provider answers the searches. */
export default async function uninstall({ args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const { tables } = await removeFromDatabase()
  console.log(`Removed ${tables.length} tables of semantic search: ${tables.join(", ")}.`)
  console.log(
    `Now take the plugin and its provider out of medusa-config.ts, and run: npm uninstall medusa-plugin-semantic-search`
  )
}
