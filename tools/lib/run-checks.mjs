import { existsSync, readFileSync } from "node:fs"
import { relative } from "node:path"
import { MissingProgram, printError, ToolError } from "./errors.mjs"
import { ROOT } from "./paths.mjs"
import { formatDuration } from "./progress.mjs"
import { schedule } from "./schedule.mjs"
import { leftOut, single } from "./test-reports.mjs"

/** Two checks at once is what two cores bear. */
const ROOM = 2
const LOG_LINES = 60

/**
 * The checks that `--only` names, together with all that they need, in order.
 *
 * @param {{ name: string, after?: string[] }[]} checks
 * @param {string} [only] Names of checks or of groups (the part before a colon), divided by commas.
 * @throws {ToolError} It names something that isn't there.
 */
export function selectChecks(checks, only) {
  if (!only) return checks
  const chosen = new Set()
  const add = (check) => {
    chosen.add(check)
    for (const need of check.after ?? []) add(checks.find(({ name }) => name === need))
  }
  for (const wanted of only.split(",")) {
    const found = checks.filter(({ name }) => name === wanted || name.startsWith(`${wanted}:`))
    if (!found.length) throw new ToolError(`--only names no check: "${wanted}". See --help.`)
    found.forEach(add)
  }
  return checks.filter((check) => chosen.has(check))
}

/** What a check's log is called. */
export const logName = (name) => name.replaceAll(/[:/]/g, "-")

/** Shows why a check failed, right below its line. */
function printFailure({ failures, showLog, error }, logFile) {
  if (error) printError(error)
  for (const failure of failures) console.log(`    ✗ ${failure}`)
  if (showLog) {
    const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-LOG_LINES)
    for (const line of lines) console.log(`    │ ${line.slice(line.indexOf(" ") + 1)}`)
  }
  if (!error && existsSync(logFile)) console.log(`    The whole log: ${relative(ROOT, logFile)}`)
}

async function runCheck({ run }, context) {
  try {
    const result = await run(context)
    return typeof result === "string" ? single(true) : result
  } catch (error) {
    context.supervisor.signal.throwIfAborted()
    return error instanceof MissingProgram ? leftOut(error.message) : { ...single(false), error }
  }
}

/**
 * Runs checks, two at once, and prints what each found.
 *
 * @param {{ name: string, after?: string[], weight?: number, run(context: object): Promise<object | string> }[]} checks
 * @param {{ supervisor: import("./process.mjs").Supervisor, close(): Promise<void> }} context What they
 *   get to work with; it is closed at the end.
 * @returns {Promise<number>} The exit code.
 */
export async function runChecks(checks, context) {
  const started = Date.now()
  const total = { passed: 0, failed: 0, skipped: 0 }
  const width = Math.max(...checks.map(({ name }) => name.length))
  const print = (mark, name, text, duration) =>
    console.log(`${mark} ${name.padEnd(width)}  ${text}${duration ? `  (${duration})` : ""}`)

  await schedule(checks, {
    room: ROOM,
    async run(check) {
      const begun = Date.now()
      const outcome = await runCheck(check, context)
      for (const key of Object.keys(total)) total[key] += outcome[key]
      const { passed, failed, skipped, note, leftOut } = outcome
      const ok = failed === 0
      const counts = `${passed} passed, ${failed} failed, ${skipped} skipped${note ? ` (${note})` : ""}`
      if (leftOut) print("!", check.name, `LEFT OUT: ${leftOut}`)
      else print(ok ? "✓" : "✗", check.name, counts, formatDuration(Date.now() - begun))
      if (!ok) printFailure(outcome, context.supervisor.logFile(logName(check.name)))
      return { ok }
    },
    skip({ name }, cause) {
      total.skipped += 1
      print("-", name, `skipped, as ${cause} failed`)
    },
  })

  await context.close()
  console.log(`\nAll checks took ${formatDuration(Date.now() - started)}.`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed === 0 ? 0 : 1
}
