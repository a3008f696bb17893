import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { homedir } from "node:os"
import { basename, dirname, join, relative } from "node:path"
import { parseDockerfile, readDockerignore } from "./dockerfile.mjs"
import { ToolError } from "./errors.mjs"
import { STATE } from "./paths.mjs"

/** Of Debian's image of Node. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
const WITHOUT_RIGHTS = ["--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]

/** What stands for a base image's system: this machine's programs, libraries and settings. */
const SYSTEM = ["/usr", "/etc", "/bin", "/sbin", "/lib", "/lib64"]
const FOLDERS = ["dev", "proc", "root", "tmp", "var/tmp"]

const quote = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`
const line = (...words) => words.map(quote).join(" ")

/**
 * An image, or a stage of one: layers beside this machine's own system, and how it starts.
 *
 * @typedef {object} Image
 * @property {string[]} layers The topmost first.
 * @property {Record<string, string>} env
 * @property {string} cwd
 * @property {string} user
 * @property {string[]} [command]
 * @property {string[]} [health]
 */

/**
 * Carries out Dockerfiles without Docker: each step in a root of its own, which holds what the steps before
 * it wrote, and this machine's programs in place of the base image's; the checkout isn't there. Needs Linux,
 * and root.
 */
export class ImageStages {
  #home
  #supervisor
  #names = 0

  /**
   * @param {object} options
   * @param {string} options.home An empty folder.
   * @param {import("./process.mjs").Supervisor} options.supervisor
   * @throws {ToolError} The machine doesn't allow it.
   */
  constructor({ home, supervisor }) {
    if (process.platform !== "linux" || process.getuid() !== 0) {
      throw new ToolError(
        "Images are tried in mount namespaces, which needs Linux and root: run it as root."
      )
    }
    this.#home = home
    this.#supervisor = supervisor
  }

  #folder(...parts) {
    const folder = join(this.#home, ...parts)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** The lines of a shell that mount an image at a folder; what is written goes to `upper`. */
  #mounting({ layers }, upper) {
    const name = `${(this.#names += 1)}`
    const [at, work] = [this.#folder("mounts", name, "at"), this.#folder("mounts", name, "work")]
    const options = `lowerdir=${[...layers, this.#base()].join(":")},upperdir=${upper},workdir=${work}`
    return { at, lines: [line("mount", "-t", "overlay", "overlay", "-o", options, at)] }
  }

  /** The lowest layer: empty folders, and the links of this machine's root. */
  #base() {
    const base = join(this.#home, "base")
    if (existsSync(base)) return base
    for (const folder of FOLDERS) this.#folder("base", folder)
    for (const path of SYSTEM.filter(existsSync)) {
      if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(base, path))
      else this.#folder("base", path)
    }
    return base
  }

  #inNamespace(lines) {
    return ["unshare", ["--mount", "--propagation", "private", "sh", "-euc", lines.join("\n")]]
  }

  /** The lines that bring programs, devices and processes into a mounted image. */
  #system = (at) => [
    ...SYSTEM.filter((path) => existsSync(path) && !lstatSync(path).isSymbolicLink()).map((path) =>
      line("mount", "--bind", "-o", "ro", path, join(at, path))
    ),
    line("mount", "--rbind", "/dev", join(at, "dev")),
    line("mount", "--rbind", "/proc", join(at, "proc")),
  ]

  /** What a .dockerignore lets through, as a folder of its own. */
  #context(context) {
    const ignore = join(context, ".dockerignore")
    const { includes, mayHold } = readDockerignore(
      existsSync(ignore) ? readFileSync(ignore, "utf8") : ""
    )
    const copy = this.#folder("contexts", `${(this.#names += 1)}`)
    const filter = (source) => {
      const path = relative(context, source)
      // A folder may be there for the sake of what is in it.
      return includes(path) || (statSync(source).isDirectory() && mayHold(path))
    }
    // One by one, as this checkout's own results, where the copy goes, lie below it.
    for (const entry of readdirSync(context)) {
      if (entry === ".git" || entry === basename(STATE)) continue
      const source = join(context, entry)
      if (filter(source)) cpSync(source, join(copy, entry), { recursive: true, filter })
    }
    return copy
  }

  async #run(name, lines) {
    await this.#supervisor.run(name, ...this.#inNamespace(lines))
  }

  /** Copies into a stage, from the context or from another stage. */
  async #copy(name, image, upper, { from, sources, to }, context) {
    const { at, lines } = this.#mounting(image, upper)
    let root = context
    if (from) {
      const other = this.#mounting(from, this.#folder("mounts", `${(this.#names += 1)}`, "upper"))
      lines.push(...other.lines)
      root = other.at
    }
    const target = join(at, to.startsWith("/") ? to : join(image.cwd, to))
    const intoFolder = sources.length > 1 || to.endsWith("/")
    for (const source of sources) {
      const path = quote(join(root, source))
      const [folder, file] = [quote(target), quote(intoFolder ? `${target}/` : target)]
      lines.push(
        `if [ -d ${path} ]; then mkdir -p ${folder}; cp -a --no-preserve=ownership ${path}/. ${folder}/`,
        `else mkdir -p ${quote(intoFolder ? target : dirname(target))}; cp -a --no-preserve=ownership ${path} ${file}; fi`
      )
    }
    await this.#run(name, lines)
  }

  async #runStep(name, image, upper, command) {
    const { at, lines } = this.#mounting(image, upper)
    const env = Object.entries({ HOME: "/root", ...image.env }).map(
      ([key, value]) => `${key}=${value}`
    )
    await this.#run(name, [
      ...lines,
      ...this.#system(at),
      // What a build fetches, it fetches as this machine's user does.
      line("mount", "--bind", homedir(), join(at, "root")),
      `exec ${line("chroot", at, "env", "-C", image.cwd, ...env, "sh", "-c", command)}`,
    ])
  }

  /**
   * Carries out a Dockerfile.
   *
   * @param {object} options
   * @param {string} options.name
   * @param {string} options.dockerfile
   * @param {string} options.context
   * @param {(text: string) => void} options.report Told of each step.
   * @returns {Promise<Image>}
   * @throws {ToolError} A step fails.
   */
  async build({ name, dockerfile, context, report }) {
    const files = this.#context(context)
    const stages = new Map()
    let image
    for (const stage of parseDockerfile(readFileSync(dockerfile, "utf8"))) {
      const upper = this.#folder("layers", name, stage.name)
      const base = stages.get(stage.base)
      image = base
        ? { ...base, layers: [...base.layers] }
        : { layers: [], env: {}, cwd: "/", user: "0" }
      for (const [number, step] of stage.steps.entries()) {
        const title = `image-${name}-${stage.name}-${number}`
        report(
          `${name}, ${stage.name}: ${step.name} ${step.command ?? step.value ?? step.to ?? ""}`
        )
        if (step.name === "ENV") image.env = { ...image.env, ...step.env }
        if (step.name === "USER") image.user = step.value
        if (step.name === "CMD") image.command = step.command
        if (step.name === "HEALTHCHECK") image.health = step.command
        if (step.name === "WORKDIR") {
          image.cwd = step.value
          await this.#runStep(title, { ...image, cwd: "/" }, upper, line("mkdir", "-p", image.cwd))
        }
        if (step.name === "COPY") {
          const from = step.from && stages.get(step.from)
          await this.#copy(title, image, upper, { ...step, from }, files)
        }
        if (step.name === "RUN") await this.#runStep(title, image, upper, step.command)
      }
      image.layers.unshift(upper)
      stages.set(stage.name, image)
    }
    return image
  }

  /** A named volume's folder. One that is new takes what the image has at its place, with its owner. */
  #volume({ source, target, read_only: readOnly }, at) {
    const folder = this.#folder("volumes", source)
    const place = join(at, target)
    const marker = join(this.#folder("volumes"), `${source}.used`)
    const lines = [`mkdir -p ${quote(place)}`]
    if (!existsSync(marker)) {
      lines.unshift(
        `if [ -d ${quote(place)} ]; then cp -a ${quote(place)}/. ${quote(folder)}/; chown --reference=${quote(place)} ${quote(folder)}; fi`
      )
      writeFileSync(marker, "")
    }
    lines.push(line("mount", "--bind", folder, place))
    if (readOnly) lines.push(line("mount", "-o", "remount,bind,ro", place))
    return lines
  }

  /**
   * What starts a service of a compose file from an image, for a supervisor: its user, its rights, its
   * volumes, its memory disks, and a root that is read-only if it says so.
   *
   * @param {Image} image
   * @param {object} service As compose-lint prints it.
   * @param {{ env?: Record<string, string>, command?: string[] }} [options]
   * @returns {[string, string[], { env: NodeJS.ProcessEnv }]}
   */
  start(image, service, { env = {}, command = service.command ?? image.command } = {}) {
    const upper = this.#folder("mounts", `${(this.#names += 1)}`, "upper")
    const { at, lines } = this.#mounting(image, upper)
    lines.push(...this.#system(at))
    const temporary = (service.tmpfs ?? []).map((text) => text.split(":"))
    for (const [target] of temporary) lines.push(line("mkdir", "-p", join(at, target)))
    for (const volume of service.volumes ?? []) lines.push(...this.#volume(volume, at))
    if (service.read_only) lines.push(line("mount", "-o", "remount,ro", at))
    for (const [target, options = "mode=1777"] of temporary) {
      lines.push(line("mount", "-t", "tmpfs", "-o", options, "tmpfs", join(at, target)))
    }
    const user = service.user ?? image.user
    const rights = service.cap_drop?.includes("ALL") ? WITHOUT_RIGHTS : []
    const variables = Object.entries({ PATH, ...image.env, ...service.environment, ...env })
    lines.push(
      `exec ${line(
        ...[
          "chroot",
          at,
          "setpriv",
          `--reuid=${user}`,
          `--regid=${user}`,
          "--clear-groups",
          ...rights,
        ],
        ...["env", "-i", "-C", image.cwd],
        ...variables.map(([key, value]) => `${key}=${value}`),
        ...command
      )}`
    )
    return this.#inNamespace(lines)
  }
}
