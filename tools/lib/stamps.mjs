import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { ROOT } from "./paths.mjs"

/** Folders that hold results, never sources. */
const RESULT_FOLDERS = new Set([
  ".git",
  ".terraform",
  "node_modules",
  ".medusa",
  ".next",
  ".libro",
  ".swc",
  "dist",
  "coverage",
  "test-results",
  "playwright-report",
])
/** Written by `next build` and `tsc` beside the sources, and different after each. */
const RESULT_FILES = /^(next-env\.d\.ts|.*\.tsbuildinfo|.*\.log)$/

/** The absolute paths of all sources below a folder, or the file itself; nothing where there is none. */
export function* filesBelow(path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) return void (yield path)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!RESULT_FOLDERS.has(entry.name)) yield* filesBelow(join(path, entry.name))
    } else if (entry.isFile() && !RESULT_FILES.test(entry.name)) {
      yield join(path, entry.name)
    }
  }
}

/**
 * One hash over the names and contents of files and folders; build results are left out, and a path
 * that doesn't exist counts as empty.
 *
 * @param {string[]} paths Absolute paths.
 * @param {{ salt?: string[] }} [options] `salt`: other facts that decide over the result, such as
 *   the hash of something that this depends on.
 * @returns {string} sha256 in hexadecimal.
 */
export function hashContents(paths, { salt = [] } = {}) {
  const hash = createHash("sha256")
  for (const fact of salt) hash.update(`${fact}\0`)
  const files = new Set(paths.flatMap((path) => [...filesBelow(path)]))
  for (const file of [...files].sort()) {
    const contents = readFileSync(file)
    // The length keeps "ab" + "c" from hashing like "a" + "bc".
    hash.update(`${relative(ROOT, file)}\0${contents.length}\0`).update(contents)
  }
  return hash.digest("hex")
}

/** What was recorded in a stamp file, or undefined. */
export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined
}

export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${hash}\n`)
}
