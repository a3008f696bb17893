#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs"
import { relative } from "node:path"
import { readArgs } from "./lib/args.mjs"
import { CheckContext } from "./lib/check-context.mjs"
import { CHECKS } from "./lib/checks.mjs"
import { printError, ToolError } from "./lib/errors.mjs"
import { HOMES } from "./lib/lock.mjs"
import { ROOT } from "./lib/paths.mjs"
import { formatDuration } from "./lib/progress.mjs"
import { checkNode } from "./lib/requirements.mjs"
import { schedule } from "./lib/schedule.mjs"
import { runSession } from "./lib/session.mjs"
import { single } from "./lib/test-reports.mjs"

const HELP = `
Sets up what is missing, then runs every check.

  npm test                                all of them
  npm test -- --only=unit                 one group, and what it needs
  npm test -- --only=unit:plugin,format   several groups or checks

Checks: ${CHECKS.map(({ name }) => name).join(", ")}

What each one said is in .libro/test/logs/.
`

/** Two checks at once is what two cores bear. */
const ROOM = 2
const LOG_LINES = 60
const NAME_WIDTH = Math.max(...CHECKS.map(({ name }) => name.length))

/** The checks that `--only` names, together with all that they need, in order. */
function selectChecks(only) {
  if (!only) return CHECKS
  const chosen = new Set()
  const add = (check) => {
    chosen.add(check)
    for (const need of check.after ?? []) add(CHECKS.find(({ name }) => name === need))
  }
  for (const wanted of only.split(",")) {
    const found = CHECKS.filter(({ name }) => name === wanted || name.startsWith(`${wanted}:`))
    if (!found.length) throw new ToolError(`--only names no check: "${wanted}". See --help.`)
    found.forEach(add)
  }
  return CHECKS.filter((check) => chosen.has(check))
}

function print(mark, name, text, duration) {
  console.log(`${mark} ${name.padEnd(NAME_WIDTH)}  ${text}${duration ? `  (${duration})` : ""}`)
}

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
    return { ...single(false), error }
  }
}

async function runChecks(supervisor, checks) {
  checkNode()
  const started = Date.now()
  const context = new CheckContext(supervisor, HOMES.test)
  const total = { passed: 0, failed: 0, skipped: 0 }
  const logOf = (name) => supervisor.logFile(name.replace(":", "-"))

  await schedule(checks, {
    room: ROOM,
    async run(check) {
      const begun = Date.now()
      const outcome = await runCheck(check, context)
      for (const key of Object.keys(total)) total[key] += outcome[key]
      const { passed, failed, skipped, note } = outcome
      const ok = failed === 0
      const counts = `${passed} passed, ${failed} failed, ${skipped} skipped${note ? ` (${note})` : ""}`
      print(ok ? "✓" : "✗", check.name, counts, formatDuration(Date.now() - begun))
      if (!ok) printFailure(outcome, logOf(check.name))
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

try {
  const options = { help: { type: "boolean", short: "h" }, only: { type: "string" } }
  const { help, only } = readArgs(process.argv.slice(2), options)
  if (help) console.log(HELP.trim())
  else {
    const checks = selectChecks(only)
    process.exitCode = await runSession({ name: "A test run", home: HOMES.test }, (supervisor) =>
      runChecks(supervisor, checks)
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
