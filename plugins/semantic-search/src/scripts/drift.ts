import type { ExecArgs } from "@medusajs/framework/types"
import { printReconciliation, readArguments } from "./print-reconciliation"

/**
 * Compares every product with its document, by content, and writes nothing. Prints how many documents
 * are missing, different, or of no product, and the first ids of each kind; exits with 1 when there are
 * any. The script `reconcile` repairs them.
 *
 * Usage: `npx medusa exec ./src/scripts/drift.ts [INDEX] [json]`. INDEX is "product" by default; with
 * "json" it prints JSON.
 */
export default async function drift({ container, args }: ExecArgs): Promise<void> {
  const report = await printReconciliation(container, readArguments(args), { dryRun: true })
  if (report && report.missing + report.different + report.extra > 0) {
    process.exitCode = 1
  }
}
