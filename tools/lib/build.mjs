import { existsSync } from "node:fs"
import { join } from "node:path"
import { assertUnused } from "./lock.mjs"
import { readLogLine } from "./log-line.mjs"
import { medusa, medusaEnvironment } from "./medusa.mjs"
import { BACKEND, PLUGIN, ROOT, STOREFRONT } from "./paths.mjs"
import { hashContents, readStamp, writeStamp } from "./stamps.mjs"

const below = (directory, names) => names.map((name) => join(directory, name))
const ROOT_LOCK = join(ROOT, "package-lock.json")
const BASE_TSCONFIG = join(ROOT, "tsconfig.base.json")

/**
 * What is built, from what, and into what. A build is current while the hash of its sources is the
 * one on its stamp; the stamp lies among the results, so whoever replaces those removes it.
 *
 * - `sources`: files and folders whose contents decide over the result.
 * - `output`: a file that only a finished build has.
 * - `stamp`: the stamp's file.
 */
export const BUILDS = {
  plugin: {
    title: "plugin",
    sources: [...below(PLUGIN, ["src", "package.json", "tsconfig.json"]), BASE_TSCONFIG, ROOT_LOCK],
    output: join(PLUGIN, ".medusa", "server", "src", "index.js"),
    stamp: join(PLUGIN, ".medusa", "server", ".stamp"),
    command: [...medusa("plugin:build"), { cwd: PLUGIN }],
  },
  backend: {
    title: "backend and admin",
    // The plugin's pages are bundled into the admin; the rest of it is loaded at run time.
    sources: [
      ...below(BACKEND, ["src", "medusa-config.ts", "instrumentation.ts"]),
      ...below(BACKEND, ["package.json", "tsconfig.json"]),
      ...below(PLUGIN, ["src/admin", "package.json"]),
      ...[BASE_TSCONFIG, ROOT_LOCK],
    ],
    output: join(BACKEND, ".medusa", "server", "medusa-config.js"),
    stamp: join(BACKEND, ".medusa", "server", ".stamp"),
    command: [...medusa("build"), { cwd: BACKEND }],
  },
  storefront: {
    title: "storefront",
    sources: [STOREFRONT, BASE_TSCONFIG],
    output: join(STOREFRONT, ".next", "BUILD_ID"),
    stamp: join(STOREFRONT, ".next", ".stamp"),
    command: ["npm", ["run", "build"], { cwd: STOREFRONT }],
  },
}

const BUILD_ENVIRONMENT = {
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
}

export const isBuilt = ({ sources, output, stamp }) =>
  existsSync(output) && readStamp(stamp) === hashContents(sources)

/**
 * Builds a part, unless it's current.
 *
 * @param {keyof typeof BUILDS} part
 * @param {{ supervisor: import("./process.mjs").Supervisor, report: { detail(text: string): void } }} context
 * @returns {Promise<string>} What was done, in words.
 */
export async function build(part, { supervisor, report }) {
  const { title, sources, stamp, command } = BUILDS[part]
  if (isBuilt(BUILDS[part])) return "unchanged"
  assertUnused(`The build of the ${title}`)
  // Hashed before: a file that is edited during the build makes the next start build again.
  const hash = hashContents(sources)
  const [program, args, options] = command
  await supervisor.run(`build-${part}`, program, args, {
    ...options,
    env: { ...BUILD_ENVIRONMENT, ...medusaEnvironment() },
    onLine: (line) => report.detail(readLogLine(line).message),
  })
  writeStamp(stamp, hash)
  return "built"
}
