import { chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { findFreePort, isListening, waitFor } from "./network.mjs"
import { choosePostgresHome } from "./postgres-account.mjs"

const PLACES = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"]
const APT = "/usr/bin/apt-get"
const START_LIMIT_MS = 15_000
/** Fewer than a process of Medusa asks for, so that its connections take turns on the server's. */
const SERVER_CONNECTIONS = 6
const CLIENT_CONNECTIONS = 200

/**
 * A pgbouncer that is installed, or, for root on Debian, the system's package, which is installed.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @returns {Promise<string | undefined>} The program's path; undefined where there is none.
 */
export async function findPgbouncer(supervisor) {
  const installed = PLACES.find(existsSync)
  if (installed || process.getuid() !== 0 || !existsSync(APT)) return installed
  const { code } = await supervisor.run(
    "apt-install-pgbouncer",
    APT,
    ["install", "--yes", "--no-install-recommends", "pgbouncer"],
    { env: { DEBIAN_FRONTEND: "noninteractive" }, allowFailure: true }
  )
  return code === 0 ? PLACES.find(existsSync) : undefined
}

/**
 * Starts a pooler in transaction mode before every database of a server.
 *
 * @param {object} options
 * @param {string} options.program See `findPgbouncer`.
 * @param {string} options.home The folder for its configuration.
 * @param {{ host: string, port: number, user: string, password: string }} options.server
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @returns {Promise<{ port: number, stop(): Promise<void> }>}
 */
export async function startPgbouncer({ program, home, server, supervisor }) {
  const { directory, account } = choosePostgresHome(home)
  const port = await findFreePort()
  const file = join(directory, "pgbouncer.ini")
  const { host, user, password } = server
  mkdirSync(directory, { recursive: true })
  writeFileSync(
    file,
    [
      "[databases]",
      `* = host=${host} port=${server.port} user=${user} password=${password}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      // Whoever asks gets the user above: it listens on loopback, for a test.
      "auth_type = any",
      "pool_mode = transaction",
      `default_pool_size = ${SERVER_CONNECTIONS}`,
      `max_client_conn = ${CLIENT_CONNECTIONS}`,
      "",
    ].join("\n"),
    { mode: 0o600 }
  )
  if (account) chownSync(file, account.uid, account.gid)
  const { stop, exited } = supervisor.start("pgbouncer", program, [file], {
    cwd: "/",
    // SIGTERM waits for every client.
    stopSignal: "SIGINT",
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  })
  await waitFor(() => isListening(port), {
    ...{ what: "pgbouncer", limitMs: START_LIMIT_MS, signal: supervisor.signal, failed: exited },
  })
  return { port, stop }
}
