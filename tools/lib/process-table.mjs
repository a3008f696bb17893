import { execFileSync } from "node:child_process"
import { readFileSync, readdirSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

const POLL_MS = 50
/** What a process may take to end by itself before it is killed. */
const GRACE_MS = 10_000
/** After SIGKILL only the kernel's own work is left. */
const KILL_MS = 2_000

/** Field numbers of /proc/PID/stat, counted from the one after the command's name. */
const STAT_STATE = 0
const STAT_GROUP = 2
const STAT_START = 19

/** Fields of /proc/PID/stat after the name (which may itself hold spaces), or undefined. */
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8")
    return text.slice(text.lastIndexOf(")") + 2).split(" ")
  } catch {
    return undefined
  }
}

/** Whether a signal could be sent: "EPERM" means that the process exists and belongs to another user. */
function answersSignals(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === "EPERM"
  }
}

/**
 * When a process began, in the system's own notation; undefined when there is none. With the pid it
 * identifies a process for good: pids are used again, and soon in a container.
 */
export function processStart(pid) {
  if (!answersSignals(pid)) return undefined
  if (process.platform === "linux") {
    const stat = readStat(pid)
    return stat && stat[STAT_STATE] !== "Z" ? stat[STAT_START] : undefined
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim()
  } catch {
    return undefined
  }
}

/** The command line of a process; empty when there is none. */
export function processCommand(pid) {
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" })
  } catch {
    return ""
  }
}

/** Whether any process of that group still runs; one that only waits to be reaped doesn't count. */
export function groupIsRunning(group) {
  if (!answersSignals(-group)) return false
  if (process.platform !== "linux") return true
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .some((stat) => stat && Number(stat[STAT_GROUP]) === group && stat[STAT_STATE] !== "Z")
}

function signalGroup(group, signal) {
  try {
    process.kill(-group, signal)
  } catch (error) {
    if (error.code !== "ESRCH") throw error
  }
}

async function waitForGroup(group, limitMs) {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(POLL_MS)) {
    if (!groupIsRunning(group)) return true
  }
  return !groupIsRunning(group)
}

/**
 * Ends every process of a group and waits until they are gone: first asks, then kills.
 *
 * @param {number} group The group's id: the pid of the process that was started `detached`.
 * @param {{ signal?: NodeJS.Signals, graceMs?: number }} [options]
 */
export async function stopGroup(group, { signal = "SIGTERM", graceMs = GRACE_MS } = {}) {
  if (!groupIsRunning(group)) return
  signalGroup(group, signal)
  if (await waitForGroup(group, graceMs)) return
  signalGroup(group, "SIGKILL")
  await waitForGroup(group, KILL_MS)
}
