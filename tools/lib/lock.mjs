import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { ToolError } from "./errors.mjs"
import { readJson } from "./json-file.mjs"
import { STATE } from "./paths.mjs"
import { processStart, stopGroup } from "./process-table.mjs"

const isSameProcess = ({ pid, start }) => start !== undefined && processStart(pid) === start

/** Where the runs that share this checkout's packages and builds keep their locks. */
export const HOMES = {
  demo: STATE,
  test: join(STATE, "test"),
  eval: join(STATE, "eval"),
  bench: join(STATE, "bench"),
  "check:platform": join(STATE, "platform"),
  "check:cluster": join(STATE, "cluster"),
  drill: join(STATE, "drill"),
  "try:images": join(STATE, "images"),
}
export const lockFile = (home) => join(home, "lock.json")

/**
 * To be called before packages or builds are replaced.
 *
 * @throws {ToolError} Another run in this checkout uses them.
 */
export function assertUnused(what) {
  for (const [name, home] of Object.entries(HOMES)) {
    const owner = lockOwner(lockFile(home))
    if (owner && owner.pid !== process.pid) {
      throw new ToolError(
        `${what} must be renewed, and \`npm run ${name}\` uses it in this folder (process ${owner.pid}): stop that first.`
      )
    }
  }
}

/** Who holds the lock and still lives, or undefined. */
export function lockOwner(file) {
  const lock = readJson(file)
  return lock && isSameProcess(lock) ? lock : undefined
}

/**
 * Makes sure that one run at a time uses a folder. What the last owner left running, because it was
 * killed outright, is stopped first.
 *
 * @param {string} file The lock file.
 * @param {{ what: string }} options `what`: what holds the lock, for the message.
 * @returns {Promise<{ record(running: object[]): void, release(): void }>} `record` notes the
 *   processes that would have to be stopped if this one were killed.
 * @throws {ToolError} Another process holds it.
 */
export async function takeLock(file, { what }) {
  mkdirSync(dirname(file), { recursive: true })
  const mine = { pid: process.pid, start: processStart(process.pid), running: [] }
  try {
    writeFileSync(file, JSON.stringify(mine), { flag: "wx" })
  } catch (error) {
    if (error.code !== "EEXIST") throw error
    const owner = lockOwner(file)
    if (owner) {
      throw new ToolError(
        `${what} already runs in this folder (process ${owner.pid}): stop it with Ctrl-C in its terminal, or with \`kill ${owner.pid}\`.`
      )
    }
    const left = readJson(file)?.running?.filter(isSameProcess) ?? []
    for (const { pid, signal } of left.reverse()) await stopGroup(pid, { signal })
    writeFileSync(file, JSON.stringify(mine))
  }
  let held = true
  return {
    record(running) {
      if (held) writeFileSync(file, JSON.stringify({ ...mine, running }))
    },
    release() {
      held = false
      rmSync(file, { force: true })
    },
  }
}
