import { execFileSync } from "node:child_process"
import { readFileSync, readdirSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

const POLL_MS = 50
/** What a process may take to end by itself before it is killed. */
const GRACE_MS = 10_000
/** After SIGKILL only the kernel's own work is left. */
const KILL_MS = 2_000

/**
 * @typedef {object} ProcessEntry
 * @property {number} pid
 * @property {number} parent
 * @property {number} group
 * @property {string} start When it began, in the system's own notation. With the pid it identifies a
 *   process for good: pids are used again, and soon in a container.
 */

/** Fields of /proc/PID/stat, counted from the one after the command's name. */
const LINUX_FIELDS = { state: 0, parent: 1, group: 2, start: 19 }

/** One process from /proc; undefined when there is none, or it only waits to be reaped. */
function readLinuxEntry(pid) {
  let fields
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The name stands in parentheses and may hold spaces and parentheses itself.
    fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  } catch {
    return undefined
  }
  const { state, parent, group, start } = LINUX_FIELDS
  if (fields[state] === "Z") return undefined
  return {
    pid: Number(pid),
    parent: Number(fields[parent]),
    group: Number(fields[group]),
    start: fields[start],
  }
}

/** @returns {ProcessEntry[]} */
function listProcesses() {
  if (process.platform === "linux") {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
    return pids.map(readLinuxEntry).filter(Boolean)
  }
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,lstart="], {
    encoding: "utf8",
  })
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => !state.startsWith("Z"))
    .map(([pid, parent, group, , ...start]) => ({
      ...{ pid: Number(pid), parent: Number(parent), group: Number(group), start: start.join(" ") },
    }))
}

/** When that process began; undefined when there is none. See {@link ProcessEntry}. */
export function processStart(pid) {
  const entry =
    process.platform === "linux"
      ? readLinuxEntry(pid)
      : listProcesses().find((candidate) => candidate.pid === pid)
  return entry?.start
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

/** Processes outside the group that were started by it, by its children, and so on. */
function findRunaways(group) {
  const all = listProcesses()
  const family = new Set(all.filter((entry) => entry.group === group).map(({ pid }) => pid))
  for (let size = -1; size !== family.size;) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter((entry) => family.has(entry.pid) && entry.group !== group)
}

function send(target, signal) {
  try {
    process.kill(target, signal)
  } catch (error) {
    if (error.code !== "ESRCH") throw error
  }
}

/** Asks, waits, kills. `isRunning` says whether there is anything left to stop. */
async function end(isRunning, signalAll, { signal, graceMs }) {
  const isGone = async (limitMs) => {
    const deadline = Date.now() + limitMs
    while (isRunning()) {
      if (Date.now() > deadline) return false
      await sleep(POLL_MS)
    }
    return true
  }
  if (!isRunning()) return
  signalAll(signal)
  if (await isGone(graceMs)) return
  signalAll("SIGKILL")
  await isGone(KILL_MS)
}

/**
 * Ends every process of a group, and those that its members put into groups of their own, and waits
 * until they are gone: first asks, then kills.
 *
 * @param {number} group The group's id: the pid of the process that was started `detached`.
 * @param {{ signal?: NodeJS.Signals, graceMs?: number }} [options]
 */
export async function stopGroup(group, { signal = "SIGTERM", graceMs = GRACE_MS } = {}) {
  // Noted before: once their parents are gone, nothing tells whose they were.
  const runaways = findRunaways(group)
  const isInGroup = () => listProcesses().some((entry) => entry.group === group)
  await end(isInGroup, (name) => send(-group, name), { signal, graceMs })
  // Only now, as a server like PostgreSQL ends its own children in good order.
  const left = () => runaways.filter(({ pid, start }) => processStart(pid) === start)
  const signalLeft = (name) => left().forEach(({ pid }) => send(pid, name))
  await end(() => left().length > 0, signalLeft, { signal: "SIGTERM", graceMs: KILL_MS })
}
