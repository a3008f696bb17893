import { ROOT } from "./paths.mjs"
import { chartChecks } from "./platform-charts.mjs"
import { composeChecks } from "./platform-compose.mjs"
import { linterChecks } from "./platform-linters.mjs"
import { monitoringChecks } from "./platform-monitoring.mjs"
import { terraformChecks } from "./platform-terraform.mjs"

/**
 * The checks of everything that runs the shop in public, by what there is in a tree: what isn't there
 * isn't checked, and is from the day on which it comes.
 *
 * @param {string} [root]
 * @returns {{ name: string, run(context: import("./platform-context.mjs").PlatformContext): Promise<import("./test-reports.mjs").Outcome> }[]}
 */
export const findPlatformChecks = (root = ROOT) => [
  ...linterChecks(root),
  ...composeChecks(root),
  ...chartChecks(root),
  ...monitoringChecks(root),
  ...terraformChecks(root),
]
