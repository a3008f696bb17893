import type { ExecArgs } from "@medusajs/framework/types"
import { waitUntilEmbedded } from "../maintenance"
import { printReconciliation, readArguments } from "./print-reconciliation"

const USAGE = `Usage: npx medusa exec ./src/scripts/reconcile.ts [INDEX] [json]

Compares every product with its document in INDEX ("product" by default), by content, and repairs what
differs: writes documents that are missing or different, removes those of products that are gone. Prints
how many, and the first ids of each kind; with "json" as JSON. It may run while the shop sells, and goes
on where a run was cut off. New texts are embedded before it ends.`

/** Brings an index into line with the store. */
export default async function reconcile({ container, args }: ExecArgs): Promise<void> {
  const read = readArguments(args)
  if (read.help) {
    console.log(USAGE)
    return
  }
  const report = await printReconciliation(container, read, { dryRun: false })
  if (report && report.missing + report.different > 0) {
    await waitUntilEmbedded(container)
  }
}
