import type { ExecArgs } from "@medusajs/framework/types"
import { waitUntilEmbedded } from "../maintenance"
import { printReconciliation, readArguments } from "./print-reconciliation"
import { asksForUsage } from "./usage"

const USAGE = `Usage: npx medusa exec ./src/scripts/reconcile.ts [INDEX] [json]

Compares every product with its document, by content, and repairs what differs: writes documents that are
missing or different, removes those of products that are gone. Prints how many, and the first ids of each
kind. It may run while the shop sells, and goes on where a run was cut off; new texts are embedded before
it ends. INDEX is "product" unless said; with "json" it prints JSON.`

/** Repairs what an index lacks. */
export default async function reconcile({ container, args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const report = await printReconciliation(container, readArguments(args), { dryRun: false })
  if (report && report.missing + report.different > 0) {
    await waitUntilEmbedded(container)
  }
}
