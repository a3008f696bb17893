import { ToolError } from "./errors.mjs"

/** Instructions that change nothing of what is in an image or how it starts. */
const WITHOUT_EFFECT = new Set(["LABEL", "EXPOSE"])

/** Joins continued lines; comments and empty lines between them don't end an instruction. */
function* instructionsOf(text) {
  let pending = ""
  for (const line of text.split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue
    pending += line.replace(/\\\s*$/, " ")
    if (/\\\s*$/.test(line)) continue
    const [, name, rest] = pending.trim().match(/^(\S+)\s+([^]*)$/)
    yield { name: name.toUpperCase(), rest: rest.trim() }
    pending = ""
  }
}

const pairsOf = (rest) =>
  Object.fromEntries(
    [...rest.matchAll(/([\w.]+)=("[^"]*"|\S+)/g)].map(([, key, value]) => [
      key,
      value.replace(/^"|"$/g, ""),
    ])
  )

/** The flags before an instruction's arguments, and the arguments. */
function flagsOf(rest) {
  const [flags] = rest.match(/^(--\S+\s+)*/)
  return { flags: flags.trim().split(/\s+/).filter(Boolean), rest: rest.slice(flags.length) }
}

const execForm = (rest) => JSON.parse(rest.slice(rest.indexOf("[")))

/**
 * Reads a Dockerfile, as far as those of this repository go.
 *
 * @param {string} text
 * @returns {{ name: string, base: string, steps: object[] }[]} The stages in order; a stage without a
 *   name has its number. `base` is an earlier stage's name or an image.
 * @throws {ToolError} It has an instruction that isn't known here.
 */
export function parseDockerfile(text) {
  const args = {}
  const stages = []
  for (const { name, rest } of instructionsOf(text)) {
    const steps = stages.at(-1)?.steps
    if (WITHOUT_EFFECT.has(name)) continue
    switch (name) {
      case "ARG":
        Object.assign(args, pairsOf(rest))
        break
      case "FROM": {
        const [base, , stage] = rest.replace(/\$\{(\w+)\}/g, (_, arg) => args[arg]).split(/\s+/)
        stages.push({ name: stage ?? String(stages.length), base, steps: [] })
        break
      }
      case "ENV":
        steps.push({ name, env: pairsOf(rest) })
        break
      case "WORKDIR":
      case "USER":
        steps.push({ name, value: rest })
        break
      case "COPY": {
        const { flags, rest: paths } = flagsOf(rest)
        const from = flags.find((flag) => flag.startsWith("--from="))?.slice("--from=".length)
        const sources = paths.split(/\s+/)
        steps.push({ name, from, to: sources.pop(), sources })
        break
      }
      case "RUN":
        steps.push({ name, command: flagsOf(rest).rest })
        break
      case "CMD":
        steps.push({ name, command: execForm(rest) })
        break
      case "HEALTHCHECK":
        steps.push({ name, command: rest === "NONE" ? undefined : execForm(rest) })
        break
      default:
        throw new ToolError(`A Dockerfile has ${name}, which tools/lib/dockerfile.mjs can't read.`)
    }
  }
  return stages
}

const ANY_DEPTH = "\u0000"
const toPattern = (glob) =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*\/?/g, ANY_DEPTH)
      .replace(/\*/g, "[^/]*")
      .replaceAll(ANY_DEPTH, "(.*/)?")}${glob.endsWith("**") ? ".*" : ""}(/|$)`
  )

/**
 * What a .dockerignore lets into the context of a build: of the lines that match a path, or a folder
 * above it, the last one decides.
 *
 * @param {string} text
 * @returns {{ includes(path: string): boolean, mayHold(folder: string): boolean }} Paths are relative;
 *   `mayHold`: whether anything below a folder could be let in.
 */
export function readDockerignore(text) {
  const rules = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => {
      const glob = line.replace(/^!/, "").replace(/^\/|\/$/g, "")
      return { lets: line.startsWith("!"), glob, pattern: toPattern(glob) }
    })
  const includes = (path) => rules.findLast(({ pattern }) => pattern.test(path))?.lets ?? true
  return {
    includes,
    mayHold: (folder) =>
      includes(folder) || rules.some(({ lets, glob }) => lets && glob.startsWith(`${folder}/`)),
  }
}
