import { randomBytes } from "node:crypto"
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { findFreePort, waitFor } from "./network.mjs"
import { choosePostgresHome } from "./postgres-account.mjs"
import { installPostgres } from "./postgres-install.mjs"
import { processCommand, stopGroup } from "./process-table.mjs"

const SUPERUSER = "libro"
const PASSWORD_BYTES = 18
/** After a crash the server replays its log before it answers. */
const START_LIMIT_MS = 60_000
/** Lines of postmaster.pid, counted from 0. */
const PID_LINE = 0
const STATUS_LINE = 7
/** Asks open sessions to end and shuts down cleanly; SIGTERM would wait for every client. */
const STOP_SIGNAL = "SIGINT"
/** Before it ends it writes all that changed to a disk that may be slow. */
const STOP_LIMIT_MS = 60_000

const SETTINGS = {
  // By name, so that the server answers on whichever of ::1 and 127.0.0.1 "localhost" means here.
  listen_addresses: "localhost",
  unix_socket_directories: "",
  // Two Medusa processes (server and a command), each with a pool, and the tests' own connections.
  max_connections: "100",
  shared_buffers: "128MB",
  log_timezone: "UTC",
  timezone: "UTC",
}
/** For data that nobody would miss: a power cut may ruin it. */
const CARELESS_SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }

/** The unit of `ulimit -f` by POSIX; bash alone, unless it is called sh, has another. */
const ULIMIT_BLOCK_BYTES = 512
/** Runs a program none of whose files may grow past so many blocks. */
const LIMITED = ["/bin/sh", "-c", 'ulimit -f "$0" && exec "$@"']

const readLines = (file) => (existsSync(file) ? readFileSync(file, "utf8").split("\n") : [])

/**
 * Deals with what a server that was killed left behind. The server itself, if it still runs, is
 * stopped; a postmaster.pid whose number now belongs to another program is removed, because
 * PostgreSQL would take that program for a server and refuse to start.
 */
async function clearRemains(data) {
  const pidFile = join(data, "postmaster.pid")
  const pid = Number(readLines(pidFile)[PID_LINE])
  if (!pid) return
  if (processCommand(pid).includes(data))
    await stopGroup(pid, { signal: STOP_SIGNAL, graceMs: STOP_LIMIT_MS })
  rmSync(pidFile, { force: true })
}

/** Creates the data folder, with a random password for its one superuser. */
async function createCluster({ programs, data, passwordFile, supervisor, account }) {
  // Made beside its place and moved there whole: an interrupted initdb leaves nothing that looks done.
  const draft = `${data}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, randomBytes(PASSWORD_BYTES).toString("base64url"), { mode: 0o600 })
  if (account) {
    chownSync(draft, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  await supervisor.run(
    "initdb",
    join(programs, "initdb"),
    [
      ...["--pgdata", draft, "--username", SUPERUSER, "--pwfile", passwordFile],
      ...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
    ],
    { cwd: "/", env: { LC_ALL: "C" }, ...ids(account) }
  )
  renameSync(draft, data)
}

/** A command line, which the kernel keeps from growing a file past the limit. */
function limited(maxFileBytes, command) {
  if (maxFileBytes === undefined) return command
  return [...LIMITED, String(Math.floor(maxFileBytes / ULIMIT_BLOCK_BYTES)), ...command]
}

const ids = (account) => (account ? { uid: account.uid, gid: account.gid } : {})

/**
 * Starts a PostgreSQL with pgvector of our own; the first time it is fetched and its data folder is
 * created. It listens on loopback only and asks for a password.
 *
 * @param {object} options
 * @param {string} options.home The folder for programs and data. As root, where another account has
 *   to reach it and can't, a folder outside is used, and `note` says so.
 * @param {string} options.name The data folder's name: runs of different names share nothing.
 * @param {boolean} [options.fresh] Delete the data that is there first.
 * @param {boolean} [options.durable] Survive a power cut. Default true; tests need it not.
 * @param {number} [options.preferredPort] Used if it's free; else any free port is.
 * @param {number} [options.maxFileBytes] No file may grow past this size, as on a full disk: the kernel
 *   refuses it (EFBIG). Not below 16 MiB, the size of a segment of the log. Default: no limit.
 * @param {typeof installPostgres} [options.install] What fetches it. Default: PostgreSQL 18.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @param {{ detail(text: string): void }} options.report
 * @returns {Promise<{ host: string, port: number, user: string, password: string, created: boolean, note?: string, data: string, pid: number, exited: Promise<Error>, url(database: string): string, stop(): Promise<void>, destroy(): Promise<void> }>}
 *   `destroy` stops it and deletes its data.
 * @throws {import("./errors.mjs").ToolError}
 */
export async function startPostgres(options) {
  const { name, fresh = false, durable = true, preferredPort, supervisor, report } = options
  const { install = installPostgres, maxFileBytes } = options
  const { directory, account, note } = choosePostgresHome(options.home)
  const programs = await install({ directory, supervisor, report })
  const data = join(directory, `data-${name}`)
  const passwordFile = join(directory, `password-${name}`)

  await clearRemains(data)
  if (fresh) rmSync(data, { recursive: true, force: true })
  const created = !existsSync(data)
  if (created) await createCluster({ programs, data, passwordFile, supervisor, account })
  const password = readFileSync(passwordFile, "utf8").trim()

  const port = await findFreePort(preferredPort)
  const settings = { ...SETTINGS, ...(durable ? {} : CARELESS_SETTINGS), port: String(port) }
  const [program, ...args] = limited(maxFileBytes, [
    ...[join(programs, "postgres"), "-D", data],
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ])
  const server = supervisor.start(`postgres-${name}`, program, args, {
    cwd: "/",
    env: { LC_ALL: "C" },
    stopSignal: STOP_SIGNAL,
    graceMs: STOP_LIMIT_MS,
    ...ids(account),
  })
  await waitFor(
    async () => readLines(join(data, "postmaster.pid"))[STATUS_LINE]?.trim() === "ready",
    {
      what: "PostgreSQL",
      limitMs: START_LIMIT_MS,
      signal: supervisor.signal,
      failed: server.exited,
    }
  )

  const host = "localhost"
  return {
    ...{ host, port, user: SUPERUSER, password, created, note, data, pid: server.pid },
    exited: server.exited,
    url: (database) => `postgres://${SUPERUSER}:${password}@${host}:${port}/${database}`,
    stop: server.stop,
    async destroy() {
      await server.stop()
      rmSync(data, { recursive: true, force: true })
      rmSync(passwordFile, { force: true })
    },
  }
}
