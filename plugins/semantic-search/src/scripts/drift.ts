import type { ExecArgs } from "@medusajs/framework/types"
import { printReconciliation, readArguments } from "./print-reconciliation"
import { asksForUsage } from "./usage"

const USAGE = `Usage: npx medusa exec ./src/scripts/drift.ts [INDEX] [json]

Compares every product with its document, by content, and writes nothing. Prints how many documents are
missing, different, or of no product, and the first ids of each kind; exits with 1 when there are any.
The script "reconcile" repairs them. INDEX is "product" unless said; with "json" it prints JSON.`

/** Says how far an index has drifted from the store. */
export default async function drift({ container, args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const report = await printReconciliation(container, readArguments(args), { dryRun: true })
  if (report && report.missing + report.different + report.extra > 0) {
    process.exitCode = 1
  }
}
