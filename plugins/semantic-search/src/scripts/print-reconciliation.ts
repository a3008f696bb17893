import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { reconcileProducts } from "../maintenance"
import type { ReconcileProgress } from "../modules/semantic-search/reconcile-progress"

/** How often progress is printed, in milliseconds. */
const INTERVAL_MS = 5_000

/** Asks for the report as JSON. */
const JSON_FLAG = "json"

export interface Arguments {
  json: boolean
  index?: string
}

/**
 * Reads what stands behind `medusa exec SCRIPT`.
 *
 * @throws MedusaError on a second name
 */
export function readArguments(args: string[]): Arguments {
  const [index, ...more] = args.filter((arg) => arg !== JSON_FLAG)
  if (more.length) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `One index at a time: "${[index, ...more].join('", "')}" are too many`
    )
  }
  return { json: args.includes(JSON_FLAG), index }
}

/**
 * Compares an index with the store, showing how far it is, and prints what was found.
 *
 * @returns what was found; undefined where nothing could be compared, which is printed as well
 */
export async function printReconciliation(
  container: MedusaContainer,
  { json, index }: Arguments,
  { dryRun }: { dryRun: boolean }
): Promise<ReconcileProgress | undefined> {
  let printAt = Date.now() + INTERVAL_MS
  const result = await reconcileProducts(container, {
    index,
    dryRun,
    onProgress({ compared }) {
      if (!json && Date.now() >= printAt) {
        console.log(`${compared} documents compared`)
        printAt = Date.now() + INTERVAL_MS
      }
    },
  })
  if (result.outcome !== "finished") {
    console.log(
      result.outcome === "busy"
        ? "Another process is reconciling this index just now; the status route shows how far it is."
        : "The index serves nothing yet. Its first build will read everything."
    )
    return undefined
  }
  console.log(json ? JSON.stringify(result.report, null, 2) : describe(result.report))
  return result.report
}

function describe(report: ReconcileProgress): string {
  const { compared, missing, different, extra, examples } = report
  const seconds = (Date.parse(report.finished_at!) - Date.parse(report.began_at)) / 1_000
  const line = (label: string, count: number, ids: string[]) =>
    `${label.padEnd(10)} ${count}${count ? `: ${ids.join(", ")}${count > ids.length ? " …" : ""}` : ""}`
  return [
    `compared   ${compared} documents in ${seconds.toFixed(1)} s`,
    line("missing", missing, examples.missing),
    line("different", different, examples.different),
    line("extra", extra, examples.extra),
  ].join("\n")
}
