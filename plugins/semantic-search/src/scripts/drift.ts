import type { ExecArgs } from "@medusajs/framework/types"
import { printReconciliation, readArguments } from "./print-reconciliation"

const USAGE = `Usage: npx medusa exec ./src/scripts/drift.ts [INDEX] [json]

Compares every product with its document in INDEX ("product" by default), by content, and writes nothing.
Prints how many documents are missing, different, or of no product, and the first ids of each kind; with
"json" as JSON. Exits with 1 when there are any: "reconcile" repairs them.`

/** Says how far an index has drifted from the store. */
export default async function drift({ container, args }: ExecArgs): Promise<void> {
  const read = readArguments(args)
  if (read.help) {
    console.log(USAGE)
    return
  }
  const report = await printReconciliation(container, read, { dryRun: true })
  if (report && report.missing + report.different + report.extra > 0) {
    process.exitCode = 1
  }
}
