import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { accessSync, chmodSync, constants, mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ToolError } from "./errors.mjs"
import { ROOT } from "./paths.mjs"

/** Accounts without rights of their own, the most fitting first; the last one every system has. */
const ACCOUNTS = ["libro", "postgres", "nobody"]
/** Where a checkout's database may live when it can't live in the checkout. */
const SHARED_PARENTS = ["/var/lib", tmpdir()]
const KEY_LENGTH = 12
const ENTERABLE = 0o755

function findAccount(name) {
  try {
    const id = (flag) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }))
    return { name, uid: id("-u"), gid: id("-g") }
  } catch {
    return undefined
  }
}

/** Whether that account can enter the folder: every folder above it counts. */
function canEnter({ uid, gid }, directory) {
  return (
    spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], { uid, gid, cwd: "/" }).status === 0
  )
}

/** Root's umask may keep others out of what it creates. */
function makeEnterable(directory) {
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, ENTERABLE)
}

function isWritable(directory) {
  try {
    accessSync(directory, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * As whom PostgreSQL runs and where it lives. It refuses to run as root, so root lends it an account
 * without rights, which must be able to reach its folder.
 *
 * @param {string} preferred The folder to use where that is possible.
 * @returns {{ directory: string, account?: { name: string, uid: number, gid: number }, note?: string }}
 *   `account` only when we are root; `note` says where the data went instead, and why.
 * @throws {ToolError} Root found no account that could run it.
 */
export function choosePostgresHome(preferred) {
  if (process.getuid() !== 0) return { directory: preferred }

  const account = ACCOUNTS.map(findAccount).find(Boolean)
  if (!account) {
    throw new ToolError(
      "PostgreSQL does not run as root, and there is no other account for it: create one with `useradd --system libro`, or set DATABASE_URL."
    )
  }
  makeEnterable(preferred)
  if (canEnter(account, preferred)) return { directory: preferred, account }

  const key = createHash("sha256").update(ROOT).digest("hex").slice(0, KEY_LENGTH)
  const directory = join(SHARED_PARENTS.find(isWritable), `libro-mind-${key}`)
  makeEnterable(directory)
  return {
    directory,
    account,
    note: `in ${directory}, as only root can enter this checkout and PostgreSQL runs as ${account.name}`,
  }
}
