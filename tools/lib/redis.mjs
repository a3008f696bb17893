import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { ToolError } from "./errors.mjs"
import { findFreePort, isListening, waitFor } from "./network.mjs"

const PLACES = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].flatMap((folder) =>
  ["redis-server", "valkey-server"].map((name) => join(folder, name))
)
const APT = "/usr/bin/apt-get"
const START_LIMIT_MS = 15_000

/**
 * A Redis or Valkey that is installed, or, for root on Debian, the system's package, which is installed.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @returns {Promise<string | undefined>} The program's path; undefined where there is none.
 */
export async function findRedis(supervisor) {
  const installed = PLACES.find(existsSync)
  if (installed || process.getuid?.() !== 0 || !existsSync(APT)) return installed
  const { code } = await supervisor.run(
    "apt-install-redis",
    APT,
    // The package starts a server of its own, which nobody here asked for.
    [
      "install",
      "--yes",
      "--no-install-recommends",
      "-o",
      "DPkg::Options::=--force-confold",
      "redis-server",
    ],
    { env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }, allowFailure: true }
  )
  return code === 0 ? PLACES.find(existsSync) : undefined
}

/**
 * Starts a Redis on loopback. Whatever it has answered is on its disk, so that its end loses nothing.
 *
 * @param {object} options
 * @param {string} [options.program] See `findRedis`.
 * @param {string} options.directory The folder for its data, kept between starts.
 * @param {number} [options.port] Default: a free one.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @returns {Promise<{ url: string, port: number, pid: number, exited: Promise<Error>, stop(): Promise<void> }>}
 * @throws {ToolError} There is no Redis.
 */
export async function startRedis({ program, directory, port, supervisor }) {
  if (!program) {
    throw new ToolError(
      "Several processes of a shop need a Redis, and there is none: install it (Debian: apt-get install redis-server; macOS: brew install redis), then start again."
    )
  }
  mkdirSync(directory, { recursive: true })
  port ??= await findFreePort()
  const { stop, exited, pid } = supervisor.start(
    "redis",
    program,
    [
      ...["--bind", "127.0.0.1", "--port", String(port), "--dir", directory],
      ...["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"],
    ],
    { cwd: "/" }
  )
  await waitFor(() => isListening(port), {
    ...{ what: "Redis", limitMs: START_LIMIT_MS, signal: supervisor.signal, failed: exited },
  })
  return { url: `redis://127.0.0.1:${port}`, port, pid, exited, stop }
}
