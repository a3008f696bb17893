import { existsSync } from "node:fs"
import { join, relative } from "node:path"
import { ToolError } from "./errors.mjs"
import { readJson } from "./json-file.mjs"
import { assertUnused } from "./lock.mjs"
import { ROOT } from "./paths.mjs"
import { formatCount } from "./progress.mjs"

const COUNT_EVERY_MS = 1_000

const lockedPackages = (directory) => readJson(join(directory, "package-lock.json"))?.packages

/** Packages that every machine installs: not links into the workspace, not another platform's. */
const expectedPackages = (packages) =>
  Object.entries(packages).filter(
    ([path, entry]) => path.includes("node_modules/") && !entry.link && !entry.optional
  )

/**
 * Whether the folder's node_modules is what its lock file asks for. npm keeps its own record of what
 * it installed, and writes it last: after an interrupted installation it is missing.
 */
export function isInstalled(directory) {
  const wanted = lockedPackages(directory)
  const installed = readJson(join(directory, "node_modules", ".package-lock.json"))?.packages
  if (!wanted || !installed) return false
  return expectedPackages(wanted).every(([path, { version, integrity }]) => {
    const found = installed[path]
    return (
      found?.version === version &&
      found.integrity === integrity &&
      existsSync(join(directory, path, "package.json"))
    )
  })
}

/**
 * Installs a folder's dependencies as locked, unless they are.
 *
 * @param {string} directory
 * @param {{ supervisor: import("./process.mjs").Supervisor, report: { count(done: number, of: number, unit: string): void } }} context
 * @returns {Promise<string>} What was done, in words.
 * @throws {ToolError} There is no lock file, or npm failed.
 */
export async function installDependencies(directory, { supervisor, report }) {
  const where = relative(ROOT, directory) || "."
  const packages = lockedPackages(directory)
  if (!packages) throw new ToolError(`${join(where, "package-lock.json")} is missing or broken.`)
  const expected = expectedPackages(packages)
  const summary = `${formatCount(expected.length)} packages`
  if (isInstalled(directory)) return `${summary}, as locked`
  assertUnused(`What is installed in ${where}`)

  const manifests = expected.map(([path]) => join(directory, path, "package.json"))
  const timer = setInterval(
    () => report.count(manifests.filter(existsSync).length, expected.length, "packages"),
    COUNT_EVERY_MS
  )
  try {
    // A NODE_ENV of "production" in the user's shell would leave out what building needs.
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund"]
    await supervisor.run(`install-${where === "." ? "root" : where}`, "npm", args, {
      cwd: directory,
    })
  } finally {
    clearInterval(timer)
  }
  return `${summary} installed`
}
