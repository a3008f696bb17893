import { removeFromDatabase } from "../maintenance"

/** Removes the plugin's data from the store's database, once another provider answers the searches. */
export default async function uninstall(): Promise<void> {
  const { tables } = await removeFromDatabase()
  console.log(`Removed ${tables.length} tables of semantic search: ${tables.join(", ")}.`)
  console.log(
    `Now take the plugin and its provider out of medusa-config.ts, and run: npm uninstall medusa-plugin-semantic-search`
  )
}
