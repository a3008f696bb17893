import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { ROOT } from "./paths.mjs"
import { leftOut } from "./test-reports.mjs"
import { ensureTool, isInstalled, KUBERNETES } from "./platform-tools.mjs"

/** What the release is called, and where it is installed, in everything that is rendered. */
export const RELEASE = "libro-mind"
export const NAMESPACE = "libro-mind"

/** Folders from which charts are put together. */
const CHART_SOURCES = ["helm", "istio", "observability"]

/** Enough of a tool's words to see what is wrong. */
const FAILURE_LINES = 40

/**
 * Collects what several cases of one check found.
 *
 * @returns {{ case(title: string, ok: boolean, lines?: string[]): void, outcome(): import("./test-reports.mjs").Outcome }}
 */
export function collect() {
  let passed = 0
  const failures = []
  return {
    case(title, ok, lines = []) {
      if (ok) passed += 1
      else failures.push([title, ...lines.slice(0, FAILURE_LINES)].join("\n      "))
    },
    outcome: () => ({ passed, failed: failures.length, skipped: 0, failures }),
  }
}

/** What a check answers with that needs a tool which nobody built on this machine. */
export const leftOutWithout = (tool) =>
  leftOut(
    `${tool} takes minutes to build and isn't there; \`npm run platform:tools\` builds it, once`
  )

/** What the checks of the platform get to work with. */
export class PlatformContext {
  #tools = new Map()
  #rendered = new Map()
  #charts
  #runs = 0

  /**
   * @param {object} options
   * @param {import("./process.mjs").Supervisor} options.supervisor
   * @param {string} options.home Where copies and logs go.
   * @param {string} [options.root] The tree to check.
   * @param {(text: string) => void} [options.report] Told what is being installed.
   */
  constructor({ supervisor, home, root = ROOT, report = (text) => console.log(`· ${text}`) }) {
    this.supervisor = supervisor
    this.home = home
    this.root = root
    this.report = report
  }

  /** A tool's program, or its folder if it is none; it is installed first if need be. */
  tool(name) {
    if (!this.#tools.has(name)) this.#tools.set(name, ensureTool(name, this))
    return this.#tools.get(name)
  }

  /** Whether a tool is there that isn't installed by itself. */
  has = (name) => isInstalled(name)

  path = (...parts) => join(this.root, ...parts)
  relative = (file) => relative(this.root, file)

  /** An empty folder below this run's own. */
  folder(...parts) {
    const folder = join(this.home, "work", ...parts)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /**
   * Runs a program and answers with its output, whether it succeeded or not.
   *
   * @returns {Promise<{ ok: boolean, output: string[] }>}
   */
  async try(program, args, options = {}) {
    // Every run has a log of its own: the same program runs twice at once.
    const name = `platform-${basename(program)}-${(this.#runs += 1)}`
    const { code, output } = await this.supervisor.run(name, program, args, {
      cwd: this.root,
      ...options,
      allowFailure: true,
    })
    return { ok: code === 0, output: output.filter((line) => line.trim()) }
  }

  /**
   * The folder of a copy of the charts that is put together: what they pack into each other stays out of
   * the checkout.
   */
  charts() {
    this.#charts ??= this.#buildCharts()
    return this.#charts
  }

  async #buildCharts() {
    const copy = this.folder("charts")
    for (const source of CHART_SOURCES) {
      if (existsSync(this.path(source))) {
        cpSync(this.path(source), join(copy, source), { recursive: true })
      }
    }
    const helm = await this.tool("helm")
    const build = join(copy, "helm", "build.sh")
    if (existsSync(build)) {
      await this.supervisor.run("platform-build-charts", "bash", [build], {
        cwd: dirname(build),
        env: { ...this.helmEnvironment(), HELM: helm },
      })
    }
    return copy
  }

  /** Keeps the user's own Helm out of it. */
  helmEnvironment() {
    const of = (name) => join(this.home, "helm", name)
    return {
      ...{ HELM_CONFIG_HOME: of("config"), HELM_CACHE_HOME: of("cache") },
      ...{ HELM_DATA_HOME: of("data"), HELM_PLUGINS: of("plugins"), KUBECONFIG: of("none") },
    }
  }

  helm = async (args, options = {}) =>
    this.try(await this.tool("helm"), args, { env: this.helmEnvironment(), ...options })

  /**
   * Renders a chart for an environment, as an installation and as an upgrade.
   *
   * @param {{ path: string, name: string }} chart
   * @param {{ name: string, values: string[] }} environment
   * @param {{ upgrade?: boolean }} [options]
   * @returns {Promise<{ ok: boolean, output: string[], file: string }>} `file`: the rendered YAML.
   */
  render(chart, environment, { upgrade = false } = {}) {
    const title = `${chart.name}-${environment.name}-${upgrade ? "upgrade" : "install"}`
    if (!this.#rendered.has(title)) {
      this.#rendered.set(title, this.#render(chart, environment, { upgrade, title }))
    }
    return this.#rendered.get(title)
  }

  async #render(chart, environment, { upgrade, title }) {
    const copy = await this.charts()
    const file = join(this.home, "work", `${title}.yaml`)
    // By a shell, as warnings must not get into the file.
    const result = await this.try(
      "sh",
      [
        ...["-c", 'exec "$0" "$@" >"$RENDERED"', await this.tool("helm")],
        ...["template", RELEASE, join(copy, chart.path), "--namespace", NAMESPACE],
        ...["--kube-version", KUBERNETES, ...(upgrade ? ["--is-upgrade"] : [])],
        ...environment.values.flatMap((values) => ["--values", join(copy, values)]),
      ],
      { env: { ...this.helmEnvironment(), RENDERED: file } }
    )
    return { ...result, file }
  }

  /** The objects of a rendered file. */
  async objects(file) {
    const { parseAllDocuments } = await import("yaml")
    return parseAllDocuments(readFileSync(file, "utf8"))
      .map((document) => document.toJS())
      .filter(Boolean)
  }

  async close() {}
}
