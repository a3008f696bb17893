import type { ExecArgs } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { diagnose, type Diagnosis } from "../doctor/diagnose"
import { asksForUsage } from "./usage"

const USAGE = `Usage: npx medusa exec ./src/scripts/doctor.ts [json]

Examines semantic search: extensions, model, worker, indexes, queue. Says for each thing that is wrong
what mends it. Exits with 1 when something is. With "json" it prints everything it found as JSON.`

/** Says how semantic search stands and what to do about what is wrong. */
export default async function doctor({ container, args }: ExecArgs): Promise<void> {
  if (asksForUsage(args)) {
    return console.log(USAGE)
  }
  const unknown = args.find((arg) => arg !== "json")
  if (unknown !== undefined) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `Can't make sense of "${unknown}".\n\n${USAGE}`
    )
  }
  const diagnosis = await diagnose(container)
  console.log(args.includes("json") ? JSON.stringify(diagnosis, null, 2) : report(diagnosis))
  if (!diagnosis.healthy) {
    process.exitCode = 1
  }
}

function report({ healthy, findings, indexes, status }: Diagnosis): string {
  const lines = [
    healthy ? "Semantic search is well." : "Semantic search needs attention.",
    "",
    `pgvector   ${status.extension.version ?? "not usable"}`,
    `model      ${status.embedder.model ?? "none"} (${status.embedder.ready ? "ready" : "not ready"})`,
    `queue      ${status.queue.waiting} waiting, ${status.queue.failed} set aside`,
    ...indexes.map(({ name, active, status: state }) =>
      active
        ? `index      ${name}: ${active.documents} documents, ${active.with_vector} of ${active.embeddable} with a vector`
        : `index      ${name}: ${state}`
    ),
  ]
  for (const { severity, problem, remedy } of findings) {
    lines.push("", `${severity === "error" ? "✗" : "!"} ${problem}`, `  → ${remedy}`)
  }
  return lines.join("\n")
}
