import { join } from "node:path"
import { writeJson } from "./json-file.mjs"
import { ROOT, STATE } from "./paths.mjs"

const CLI = join(ROOT, "node_modules", "@medusajs", "cli", "cli.js")
const CONFIGURATION = join(STATE, "config")

/**
 * A medusa command as program and arguments: run by this very Node, with no npx and no shell between
 * it and our signals.
 *
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export const medusa = (...args) => [process.execPath, [CLI, ...args]]

/**
 * The environment for it. Telemetry is off by a configuration of its own: the variable alone still
 * has each command start a sender that outlives it.
 */
export function medusaEnvironment() {
  writeJson(join(CONFIGURATION, "medusa", "config.json"), { telemetry: { enabled: false } })
  return { XDG_CONFIG_HOME: CONFIGURATION, MEDUSA_DISABLE_TELEMETRY: "true" }
}
