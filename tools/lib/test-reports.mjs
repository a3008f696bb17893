import { readFileSync, rmSync } from "node:fs"
import { readJson } from "./json-file.mjs"

/**
 * What a check found.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], note?: string, leftOut?: string }} Outcome
 *   `failures`: one entry for each, its name and the first lines of its message; `note`: why something
 *   was skipped; `leftOut`: why all of it was, which is said aloud.
 */

/** Enough of an assertion's message to see what was expected and what came. */
const MESSAGE_LINES = 12
// eslint-disable-next-line no-control-regex -- colour codes begin with the control character ESC
const COLOUR_CODES = /\x1b\[[0-9;]*m/g

/** @returns {Outcome} One check that passed or failed as a whole. */
export const single = (passed) => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  skipped: 0,
  failures: [],
})

/** @returns {Outcome} A check for which this machine lacks something, and what that is. */
export const leftOut = (reason) => ({
  ...{ passed: 0, failed: 0, skipped: 1, failures: [] },
  leftOut: reason,
})

const excerpt = (title, message = "") =>
  [title, ...message.replace(COLOUR_CODES, "").split("\n").slice(0, MESSAGE_LINES)]
    .join("\n      ")
    .trimEnd()

/**
 * Reads the JSON report of Jest, or of Vitest, which writes the same.
 *
 * @returns {Outcome | undefined} Undefined where there is no report.
 */
export function readJestReport(file) {
  const report = readJson(file)
  if (!report) return undefined
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: name }))
  )
  // A file that can't be loaded has no tests, and would go unnoticed in the tests' own numbers.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    failures: [
      ...broken.map(({ name, message }) => excerpt(name, message)),
      ...tests
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages }) => excerpt(fullName, failureMessages[0])),
    ],
  }
}

/** @returns {Outcome | undefined} From Playwright's JSON report. */
export function readPlaywrightReport(file) {
  const report = readJson(file)
  if (!report) return undefined
  const { expected, unexpected, flaky, skipped } = report.stats
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)]
  const failedSpecs = report.suites.flatMap(specs).filter(({ ok }) => !ok)
  const message = ({ tests }) => tests[0]?.results.at(-1)?.error?.message
  return {
    // A test that only passed when it was tried again hides a fault.
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped,
    failures: [
      ...failedSpecs.map((spec) => excerpt(spec.title, message(spec))),
      ...report.errors.map(({ message: text }) => excerpt("Playwright", text)),
    ],
  }
}

/** A test that failed, with the block of YAML below it. */
const TAP_FAILURE =
  /^( *)not ok \d+ - (?<title>.*)(?:\n\1 {2}---\n(?<block>[^]*?)\n\1 {2}\.\.\.)?/gm
/** In that block: the error's message, on the same line or on those below, which stand further in. */
const TAP_ERROR = /^( *)error: (?:\|-(?<lines>(?:\n\1 +.*|\n)*)|(?<line>.*))/m

function readTapFailure({ groups: { title, block = "" } }) {
  const { line, lines = "" } = block.match(TAP_ERROR)?.groups ?? {}
  return excerpt(title, line ?? lines.trim().replaceAll(/\n +/g, "\n"))
}

/** @returns {Outcome | undefined} From the TAP text of Node's own test runner. */
export function readTapReport(file) {
  let text
  try {
    text = readFileSync(file, "utf8")
  } catch {
    return undefined
  }
  const count = (name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, "m"))?.[1])
  const [passed, failed, cancelled] = ["pass", "fail", "cancelled"].map(count)
  if (Number.isNaN(passed)) return undefined
  const failures = [...text.matchAll(TAP_FAILURE)].map(readTapFailure)
  return { passed, failed: failed + cancelled, skipped: count("skipped") + count("todo"), failures }
}

/**
 * Runs something that writes a report, and reads it.
 *
 * @param {string} file The report's path; what stands there from last time is removed first.
 * @param {(file: string) => Outcome | undefined} read
 * @param {() => Promise<{ code: number | string }>} run
 * @returns {Promise<Outcome>} A runner that fails without a failing test, or writes no report, counts
 *   as one failure.
 */
export async function withReport(file, read, run) {
  rmSync(file, { force: true })
  const { code } = await run()
  const outcome = read(file)
  if (!outcome) return { ...single(false), failures: [`no report was written (exit code ${code})`] }
  if (code !== 0 && outcome.failed === 0) {
    const failures = [`the runner ended with code ${code} although no test failed`]
    return { ...outcome, failed: 1, failures }
  }
  return outcome
}
