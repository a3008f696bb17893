import { parseArgs } from "node:util"
import { ToolError } from "./errors.mjs"

function parse(argv, options, allowPositionals) {
  try {
    return parseArgs({ args: argv, options, allowPositionals })
  } catch (error) {
    // Node's own sentence names the option; what follows it is advice about positionals.
    const reason = error.message.split(/\.\s/)[0].replace(/\.$/, "")
    throw new ToolError(`${reason}. Run with --help to see the options.`)
  }
}

/**
 * Reads command-line options.
 *
 * @param {string[]} argv Arguments after the script's name.
 * @param {import("node:util").ParseArgsConfig["options"]} options As in `util.parseArgs`.
 * @returns {Record<string, string | boolean | string[] | undefined>}
 * @throws {ToolError} An option is unknown or lacks its value, or something else stands there.
 */
export const readArgs = (argv, options) => parse(argv, options, false).values

/**
 * Reads command-line options, and the names that stand beside them.
 *
 * @returns {{ values: Record<string, string | boolean | string[] | undefined>, positionals: string[] }}
 * @throws {ToolError} An option is unknown or lacks its value.
 */
export const readArgsAndNames = (argv, options) => parse(argv, options, true)

const HIGHEST_PORT = 65_535

/**
 * A port number from a flag, else from the environment, else the default.
 *
 * @param {{ flag: string, value?: string, variable: string, fallback: number, env?: NodeJS.ProcessEnv }} from
 * @throws {ToolError} The value isn't a whole number from 1 to 65535.
 */
export function readPort({ flag, value, variable, fallback, env = process.env }) {
  const [text, name] = value === undefined ? [env[variable], variable] : [value, flag]
  if (text === undefined || text === "") return fallback
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > HIGHEST_PORT) {
    throw new ToolError(`${name} must be a port number from 1 to ${HIGHEST_PORT}, not "${text}".`)
  }
  return port
}
