import { readFileSync } from "node:fs"

/** A marker, and the fenced block that follows it. */
const MARKED_BLOCK = /<!-- followed by the tests: ([a-z-]+) -->\s*```[a-z]*\n(.*?)```/gs

/**
 * The blocks of a README that tests follow, by the name in the comment above each: what is tested is
 * the README itself, so that it can't say one thing and the package do another.
 *
 * @param {string} file
 * @returns {Map<string, string>}
 */
export function readmeBlocks(file) {
  const blocks = new Map()
  for (const [, name, code] of readFileSync(file, "utf8").matchAll(MARKED_BLOCK)) {
    if (blocks.has(name)) throw new Error(`${file} has two blocks named "${name}"`)
    blocks.set(name, code)
  }
  return blocks
}

/**
 * Replaces what a README says to replace.
 *
 * @throws {Error} It isn't there, or not once.
 */
export function replaceOnce(text, from, to) {
  const parts = text.split(from)
  if (parts.length !== 2) {
    throw new Error(`${JSON.stringify(from)} occurs ${parts.length - 1} times instead of once`)
  }
  return parts.join(to)
}
