import { existsSync } from "node:fs"
import { ToolError } from "./errors.mjs"

/** Where systems keep a Chromium or Chrome that was installed by their own means. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
const APT = "/usr/bin/apt-get"

/**
 * The browser for the browser tests: CHROMIUM_PATH, else one that is installed, else, for root on
 * Debian, the system's package, which is installed.
 *
 * @param {import("./process.mjs").Supervisor} supervisor
 * @returns {Promise<string>} The program's path.
 * @throws {ToolError} There is none, and none could be installed.
 */
export async function findChromium(supervisor) {
  const configured = process.env.CHROMIUM_PATH
  if (configured) {
    if (existsSync(configured)) return configured
    throw new ToolError(`CHROMIUM_PATH names ${configured}, which does not exist.`)
  }
  const installed = PLACES.find(existsSync)
  if (installed) return installed
  if (process.getuid() !== 0 || !existsSync(APT)) {
    throw new ToolError(
      "No Chromium or Chrome was found: install one, or set CHROMIUM_PATH to its program."
    )
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" }
  await supervisor.run("apt-update", APT, ["update"], { env })
  await supervisor.run(
    "apt-install-chromium",
    APT,
    ["install", "--yes", "--no-install-recommends", "chromium"],
    { env }
  )
  return PLACES[0]
}
