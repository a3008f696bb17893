import { createHash } from "node:crypto"
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs"
import { open } from "node:fs/promises"
import { dirname, join } from "node:path"
import { ToolError } from "./errors.mjs"

/** A server that can't be reached is given up after this long, so that the next source has its turn. */
const CONNECT_MS = 5_000
/** A transfer during which nothing comes for this long is dead. */
const STALL_MS = 15_000
/** pip waits this long for a connection or the next bytes, and tries again this often. */
const PIP_TIMEOUT_S = 15
const PIP_RETRIES = 2

/** @returns {Promise<string>} The file's sha256 in hexadecimal. */
export async function fileSha256(file) {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest("hex")
}

/** Whether the file is there with exactly the pinned contents. */
export async function isPinnedFile(file, { size, sha256 }) {
  return existsSync(file) && statSync(file).size === size && (await fileSha256(file)) === sha256
}

/** Moves a finished file to its place; within one file system, so that nobody sees half of it. */
export function moveInto(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  renameSync(from, to)
}

/**
 * Fetches a file whose size and sha256 are known.
 *
 * @param {string} url
 * @param {string} target It appears there whole and verified, or not at all.
 * @param {object} options
 * @param {number} options.size In bytes.
 * @param {string} options.sha256
 * @param {AbortSignal} [options.signal]
 * @param {number} [options.connectMs]
 * @param {(bytes: number) => void} [options.onProgress] Gets the number of bytes that have come.
 * @throws {ToolError} Not reachable, refused, cut off, or not the pinned file; says so in a clause
 *   that the caller completes.
 */
export async function fetchFile(url, target, options) {
  const { size, sha256, signal, connectMs = CONNECT_MS, onProgress = () => {} } = options
  const patience = new AbortController()
  let timer = setTimeout(() => patience.abort(), connectMs)
  const draft = `${target}.part`
  mkdirSync(dirname(target), { recursive: true })
  const file = await open(draft, "w")
  try {
    const response = await fetch(url, {
      signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal,
    })
    if (!response.ok) throw new ToolError(`it answered ${response.status}`)
    const announced = Number(response.headers.get("content-length") ?? size)
    if (announced !== size) throw new ToolError(`it has ${announced} bytes instead of ${size}`)
    const hash = createHash("sha256")
    let received = 0
    for await (const chunk of response.body) {
      clearTimeout(timer)
      timer = setTimeout(() => patience.abort(), STALL_MS)
      hash.update(chunk)
      await file.write(chunk)
      onProgress((received += chunk.length))
    }
    if (received !== size) throw new ToolError(`it was cut off after ${received} of ${size} bytes`)
    if (hash.digest("hex") !== sha256) throw new ToolError("its sha256 is not the pinned one")
    moveInto(draft, target)
  } catch (error) {
    signal?.throwIfAborted()
    if (patience.signal.aborted) throw new ToolError("it did not answer in time")
    throw error instanceof ToolError ? error : new ToolError(error.cause?.message ?? error.message)
  } finally {
    clearTimeout(timer)
    await file.close()
    rmSync(draft, { force: true })
  }
}

/**
 * Downloads one Python package (a wheel) without installing it or running any of its code, and
 * verifies it.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @param {object} wheel
 * @param {string} wheel.name
 * @param {string} wheel.version
 * @param {string[]} wheel.sha256 The pinned hashes, one for each platform's file.
 * @param {string} wheel.unpackTo An existing folder that receives the wheel's contents.
 * @param {string} [wheel.python] The version of Python whose file is taken, where there is one for each.
 * @throws {ToolError} pip failed, or the file isn't one of the pinned ones; the caller adds what to do.
 */
export async function unpackPythonPackage(supervisor, wheel) {
  const { name, version, sha256, unpackTo, python } = wheel
  const directory = mkdtempSync(join(unpackTo, "download-"))
  try {
    const { code, output } = await supervisor.run(
      `download-${name}`,
      "python3",
      [
        ...["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"],
        ...["--disable-pip-version-check", "--progress-bar=off"],
        ...["--timeout", String(PIP_TIMEOUT_S), "--retries", String(PIP_RETRIES)],
        ...(python ? ["--python-version", python] : []),
        ...["--dest", directory, `${name}==${version}`],
      ],
      { allowFailure: true }
    )
    if (code !== 0) {
      const reason = output.findLast((line) => line.startsWith("ERROR"))?.replace(/^ERROR: */, "")
      throw new ToolError(`pip could not download ${name} ${version} (${reason ?? "see its log"})`)
    }
    const file = join(directory, readdirSync(directory)[0])
    if (!sha256.includes(await fileSha256(file))) {
      throw new ToolError(
        `what pip downloaded as ${name} ${version} is not the pinned file (its sha256 differs; clear pip's cache with \`python3 -m pip cache purge\`)`
      )
    }
    await supervisor.run(`unpack-${name}`, "python3", ["-m", "zipfile", "-e", file, unpackTo])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
