import { existsSync, readFileSync, readdirSync } from "node:fs"
import { basename, join, relative } from "node:path"
import { parse } from "yaml"
import { filesBelow } from "./stamps.mjs"

const WORKFLOWS = ".github/workflows"
const ACTIONS = ".github/actions"
const YAML = /\.ya?ml$/

/**
 * GitHub's workflows, and the actions that stand beside them.
 *
 * @typedef {object} WorkflowFile
 * @property {string} path From the root.
 * @property {string} text
 * @property {any} content What the YAML says.
 */

/**
 * @param {string} root
 * @returns {WorkflowFile[]}
 */
export function readWorkflows(root) {
  return [WORKFLOWS, ACTIONS]
    .flatMap((folder) => [...filesBelow(join(root, folder))])
    .filter((file) => YAML.test(file))
    .map((file) => {
      const text = readFileSync(file, "utf8")
      // GitHub reads YAML 1.2, but knows merge keys no more than we do.
      return { path: relative(root, file), text, content: parse(text) }
    })
}

const jobsOf = (files) =>
  files.flatMap(({ path, content }) =>
    Object.entries(content.jobs ?? {}).map(([name, job]) => ({ where: `${path}: ${name}`, job }))
  )

/** All steps, those of actions of this repository too. */
const stepsOf = (files) => [
  ...jobsOf(files).flatMap(({ where, job }) => (job.steps ?? []).map((step) => ({ where, step }))),
  ...files.flatMap(({ path, content }) =>
    (content.runs?.steps ?? []).map((step) => ({ where: path, step }))
  ),
]

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/
const VERSION = /^v\d+\.\d+\.\d+$/

/** Actions of others that aren't pinned by a full commit with its version beside it, or by two. */
export function findUnpinnedActions(files) {
  const faults = []
  const commits = new Map()
  for (const { path, text } of files) {
    for (const [, action, comment] of text.matchAll(/\buses:\s*(\S+)(?:\s+#\s*(.*))?$/gm)) {
      if (action.startsWith("./")) continue
      const where = `${path}: ${action}`
      if (!PINNED.test(action)) faults.push(`${where} isn't pinned by a full commit`)
      else if (!VERSION.test(comment ?? "")) faults.push(`${where} has no version beside it`)
      const [name, commit] = action.split("@")
      const known = commits.get(name) ?? commit
      if (known !== commit) faults.push(`${where}: elsewhere it is pinned by ${known}`)
      commits.set(name, known)
    }
  }
  return faults
}

/** Jobs that may do anything, or run for ever; checkouts that leave a token on the disk. */
export function findUnguardedJobs(files) {
  const faults = []
  for (const { path, content } of files) {
    if (!content.jobs) continue
    const atTop = JSON.stringify(content.permissions)
    if (atTop !== "{}") faults.push(`${path}: permissions beside the jobs are ${atTop}, not {}`)
    if (!content.concurrency) faults.push(`${path} has no concurrency`)
  }
  for (const { where, job } of jobsOf(files)) {
    if (!job.permissions || typeof job.permissions !== "object") {
      faults.push(`${where} has no permissions of its own`)
    }
    if (!Number.isInteger(job["timeout-minutes"])) faults.push(`${where} has no timeout-minutes`)
  }
  for (const { where, step } of stepsOf(files)) {
    if (
      step.uses?.startsWith("actions/checkout@") &&
      step.with?.["persist-credentials"] !== false
    ) {
      faults.push(`${where}: a checkout without persist-credentials: false`)
    }
  }
  return faults
}

/** All values that a matrix gives a name, its `include` too. */
const matrixValues = (files, name) =>
  jobsOf(files).flatMap(({ job }) => {
    const matrix = job.strategy?.matrix ?? {}
    const included = (matrix.include ?? []).map((entry) => entry[name])
    return [...(matrix[name] ?? []), ...included].filter((value) => value !== undefined)
  })

/**
 * Versions that no job runs on.
 *
 * @param {WorkflowFile[]} files
 * @param {{ node: string, nodes: number[], postgres: number[] }} wanted `node`: what package.json permits,
 *   `>=MAJOR.MINOR`; `nodes`: the lines of Node from there on; `postgres`: the majors.
 */
export function findUntestedVersions(files, { node, nodes, postgres }) {
  const faults = []
  const lowest = node.replace(/^>=/, "")
  const tested = matrixValues(files, "node").map(String)
  if (!tested.includes(lowest)) faults.push(`no matrix has Node ${lowest}, the oldest permitted`)
  for (const line of nodes) {
    if (!tested.some((version) => Number.parseInt(version) === line)) {
      faults.push(`no matrix has Node ${line}`)
    }
  }
  const servers = matrixValues(files, "postgres").map(Number)
  for (const major of postgres) {
    if (!servers.includes(major)) faults.push(`no matrix has PostgreSQL ${major}`)
  }
  const entries = jobsOf(files).flatMap(({ job }) => job.strategy?.matrix?.include ?? [])
  for (const { postgres: major, image } of entries.filter((entry) => entry.postgres)) {
    if (!new RegExp(`-pg${major}\\b.*@sha256:[0-9a-f]{64}$`).test(image ?? "")) {
      faults.push(`PostgreSQL ${major} runs on ${image}, which isn't a digest of it`)
    }
  }
  return faults
}

/** Checks, npm scripts and files that a step names and that aren't there. */
export function findUnknownCommands(files, { root, checks, scripts }) {
  const faults = []
  for (const { where, step } of stepsOf(files)) {
    for (const [, names] of (step.run ?? "").matchAll(/npm test -- --only=(\S+)/g)) {
      for (const name of names.split(",")) {
        const found = checks.some((check) => check === name || check.startsWith(`${name}:`))
        if (!found) faults.push(`${where}: there is no check ${name}`)
      }
    }
    const all = `${step.run ?? ""}\n${step.with?.version ?? ""}\n${step.with?.publish ?? ""}`
    for (const [, name] of all.matchAll(/npm run ([\w:-]+)/g)) {
      if (!scripts.includes(name)) faults.push(`${where}: there is no npm script ${name}`)
    }
    for (const [path] of all.matchAll(/\.(github\/scripts|ci)\/[\w.-]+/g)) {
      if (!existsSync(join(root, path))) faults.push(`${where}: there is no ${path}`)
    }
    if (
      step.uses?.startsWith("./") &&
      !readdirSafely(join(root, step.uses)).includes("action.yml")
    ) {
      faults.push(`${where}: there is no action ${step.uses}`)
    }
  }
  return faults
}

const readdirSafely = (folder) => (existsSync(folder) ? readdirSync(folder) : [])

/** Dockerfiles that a job which builds images leaves out; those in no workflow at all too. */
export function findUnbuiltImages(files, root) {
  const builders = jobsOf(files).filter(({ job }) =>
    (job.steps ?? []).some(({ uses }) => uses?.startsWith("docker/build-push-action@"))
  )
  const dockerfiles = [...filesBelow(root)]
    .filter((file) => basename(file) === "Dockerfile")
    .map((file) => relative(root, file))
  const missing = builders.flatMap(({ where, job }) => {
    const built = (job.strategy?.matrix?.include ?? []).map(({ file }) => file)
    return dockerfiles.filter((file) => !built.includes(file)).map((file) => [where, file])
  })
  if (builders.length === 0) return dockerfiles.map((file) => `no workflow builds ${file}`)
  return missing.map(([where, file]) => `${where} doesn't build ${file}`)
}

/** What a licence's expression comes down to, with each of its names judged by itself. */
function permits(expression, allowed) {
  return expression
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((option) => option.split(" AND ").every((name) => allowed.includes(name)))
}

/**
 * Packages that the review of dependencies would refuse. One that names no licence isn't among them: the
 * review itself warns of it and lets it pass.
 *
 * @param {Record<string, { license?: string, link?: boolean }>} packages Of a lock file.
 * @param {{ "allow-licenses": string[], "allow-dependencies-licenses": string[] }} review
 */
export function findRefusedLicences(packages, review) {
  const exempt = review["allow-dependencies-licenses"].map((purl) =>
    decodeURIComponent(purl.replace("pkg:npm/", ""))
  )
  return Object.entries(packages)
    .filter(([path, { license, link }]) => path.includes("node_modules/") && license && !link)
    .map(([path, { license }]) => ({ name: path.split("node_modules/").pop(), license }))
    .filter(({ name, license }) => !license.startsWith("SEE ") && !exempt.includes(name))
    .filter(({ license }) => !permits(license, review["allow-licenses"]))
    .map(({ name, license }) => `${name}: ${license}`)
}
