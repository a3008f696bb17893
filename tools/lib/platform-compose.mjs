import { existsSync, readFileSync, statSync } from "node:fs"
import { extname, join } from "node:path"
import { collect } from "./platform-context.mjs"
import { filesBelow } from "./stamps.mjs"

const FILE = "docker-compose.yml"
/** An image that is built here, and the folders whose programs read its environment. */
const OWN = /^libro-mind\//
const READERS = ["backend", "plugins", "storefront"]
const PROGRAMS = new Set([".ts", ".tsx", ".mjs"])
/** A version, of which a registry has one image only; digests are a release's. */
const VERSION = /:v?\d+\.\d+\.\d+/

/** The text of every program that could read a variable. */
const programText = (root) =>
  READERS.map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap((folder) => [...filesBelow(folder)])
    .filter((file) => PROGRAMS.has(extname(file)))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n")

const mentions = (text, name) => new RegExp(`\\b${name}\\b`).test(text)

/** What is wrong with a service that Docker Compose would start all the same. */
function* faultsOf(service, programs) {
  const { image = "", build, volumes = [], environment = {}, ports = [] } = service
  if (!build && !VERSION.test(image)) yield `${image} is no exact version`
  for (const { type, source } of volumes) {
    // Docker would make an empty folder of that name.
    if (type === "bind" && !existsSync(source)) yield `${source} isn't there`
  }
  for (const { published, host_ip: address } of ports) {
    if (address !== "127.0.0.1") yield `port ${published} is open to other machines`
  }
  if (build) {
    const file = join(build.context, build.dockerfile)
    if (!existsSync(file) || !statSync(file).isFile()) yield `${file} isn't there`
  }
  if (!OWN.test(image)) return
  const command = (service.command ?? []).join(" ")
  for (const name of Object.keys(environment)) {
    if (!mentions(programs, name) && !mentions(command, name)) yield `nothing reads ${name}`
  }
}

/** The file as Docker Compose reads it, without a user's environment, and what it means for the shop. */
async function compose(context) {
  const found = collect()
  const { ok, output } = await context.try(await context.tool("compose-lint"), [FILE])
  found.case(`${FILE}, read with an empty environment`, ok, output)
  if (!ok) return found.outcome()
  const programs = programText(context.root)
  for (const [name, service] of Object.entries(JSON.parse(output.join("\n")).services)) {
    const faults = [...faultsOf(service, programs)]
    found.case(`${FILE}, ${name}`, faults.length === 0, faults)
  }
  return found.outcome()
}

/** The check of the whole shop in containers, where there is a file for it. */
export const composeChecks = (root) =>
  existsSync(join(root, FILE)) ? [{ name: "images:compose", run: compose }] : []
