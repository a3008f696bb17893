import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { collect, leftOutWithout } from "./platform-context.mjs"
import { findFaults } from "./platform-references.mjs"
import { KUBERNETES, WITHOUT_DEFINITION } from "./platform-tools.mjs"

/** Folders whose subfolders are charts that are installed as they are. */
const CHART_FOLDERS = ["helm", "istio"]
/** And whose subfolders are parts of such a chart. */
const PART_FOLDERS = ["helm/charts"]
const VALUES = /^values-(.+)\.yaml$/

const subfolders = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : []

const chartsIn = (root, folders) =>
  folders.flatMap((folder) =>
    subfolders(join(root, folder))
      .map((name) => ({ name, path: join(folder, name) }))
      .filter(({ path }) => existsSync(join(root, path, "Chart.yaml")))
  )

/** A chart's environments: its files `values-NAME.yaml`, or its defaults where it has none. */
function environmentsOf(root, { path }) {
  const found = readdirSync(join(root, path)).filter((name) => VALUES.test(name))
  if (!found.length) return [{ name: "defaults", values: [] }]
  return found.map((file) => ({ name: file.match(VALUES)[1], values: [join(path, file)] }))
}

/** What can be installed, and for which environments. */
export const findCharts = (root) =>
  chartsIn(root, CHART_FOLDERS).map((chart) => ({
    ...chart,
    environments: environmentsOf(root, chart),
  }))

const casesOf = (charts) =>
  charts.flatMap((chart) => chart.environments.map((environment) => ({ chart, environment })))

/** `helm lint --strict` of each chart for each environment, values' schema included. */
async function lint(context, charts) {
  const found = collect()
  const copy = await context.charts()
  for (const { chart, environment } of casesOf(charts)) {
    const { ok, output } = await context.helm([
      ...["lint", "--strict", "--kube-version", KUBERNETES, join(copy, chart.path)],
      ...environment.values.flatMap((file) => ["--values", join(copy, file)]),
    ])
    found.case(`${chart.path}, ${environment.name}`, ok, output)
  }
  return found.outcome()
}

const kubeconformArguments = async (context) => [
  ...["-strict", "-kubernetes-version", KUBERNETES, "-summary"],
  ...["-schema-location"],
  join(
    await context.tool("kubernetes-schemas"),
    "{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json"
  ),
  ...["-schema-location"],
  join(
    await context.tool("custom-resources"),
    "schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
  ),
  ...["-skip", WITHOUT_DEFINITION.join(",")],
]

/** Renders each chart for each environment, as an installation and an upgrade, and compares with schemas. */
async function schemas(context, charts) {
  const found = collect()
  const rendered = []
  for (const { chart, environment } of casesOf(charts)) {
    for (const upgrade of [false, true]) {
      const title = `${chart.path}, ${environment.name}, ${upgrade ? "upgrade" : "install"}`
      rendered.push({ title, ...(await context.render(chart, environment, { upgrade })) })
    }
  }
  // All at once, as reading the schemas is what takes time.
  const { ok, output } = await context.try(await context.tool("kubeconform"), [
    ...(await kubeconformArguments(context)),
    ...rendered.filter((file) => file.ok).map(({ file }) => file),
  ])
  for (const { title, file, ...rendering } of rendered) {
    const faults = ok ? [] : output.filter((line) => line.startsWith(file))
    const lines = faults.map((line) => line.slice(file.length).replace(/^[ -]+/, ""))
    if (rendering.ok) found.case(title, faults.length === 0, lines)
    else found.case(title, false, rendering.output)
  }
  const outcome = found.outcome()
  if (!ok && outcome.failed === 0) found.case("kubeconform", false, output)
  return found.outcome()
}

async function unitTests(context, charts) {
  const program = await context.tool("helm-unittest")
  const copy = await context.charts()
  const { ok, output } = await context.try(
    program,
    ["--strict", "--color=false", ...charts.map(({ path }) => path)],
    { cwd: copy, env: context.helmEnvironment() }
  )
  const tests = output.findLast((line) => line.startsWith("Tests:"))
  const count = (what) => Number(tests?.match(new RegExp(`(\\d+) ${what}`))?.[1] ?? 0)
  const [passed, failed] = [count("passed"), count("failed") + count("errored")]
  if (ok && passed) return { passed, failed, skipped: 0, failures: [] }
  return {
    ...{ passed, failed: failed || 1, skipped: 0 },
    failures: output.filter((line) => !line.includes(" PASS ")),
  }
}

/** The names of all environments that any chart knows. */
export const environmentNames = (charts) => [
  ...new Set(charts.flatMap(({ environments }) => environments.map(({ name }) => name))),
]

/**
 * What is rendered for one environment, of all charts together: the mesh's chart names what the release's
 * chart makes.
 *
 * @returns {Promise<{ files: string[], error?: undefined } | { error: string[] }>}
 */
export async function renderEnvironment(context, charts, name) {
  const files = []
  for (const chart of charts) {
    const environment =
      chart.environments.find((candidate) => candidate.name === name) ??
      chart.environments.find((candidate) => candidate.name === "defaults")
    if (!environment) continue
    const { ok, output, file } = await context.render(chart, environment)
    if (!ok) return { error: [`${chart.path} can't be rendered`, ...output] }
    files.push(file)
  }
  return { files }
}

/** Runs something over what all charts render for an environment. */
async function overEnvironments(context, charts, check) {
  const found = collect()
  for (const name of environmentNames(charts)) {
    const { files, error } = await renderEnvironment(context, charts, name)
    if (error) found.case(name, false, error)
    else await check({ name, files, found })
  }
  return found.outcome()
}

/** Whether everything that an object names is there; no schema and no linter knows. */
const references = (context, charts) =>
  overEnvironments(context, charts, async ({ name, files, found }) => {
    const objects = (await Promise.all(files.map((file) => context.objects(file)))).flat()
    const faults = findFaults(objects)
    found.case(name, faults.length === 0, faults)
  })

/** Istio's own validation, which knows unknown fields. */
async function istioValidate(context, charts) {
  if (!context.has("istioctl")) return leftOutWithout("istioctl")
  const istioctl = await context.tool("istioctl")
  return overEnvironments(context, charts, async ({ name, files, found }) => {
    const { ok, output } = await context.try(istioctl, [
      "validate",
      ...files.flatMap((file) => ["-f", file]),
    ])
    found.case(name, ok, output)
  })
}

/** Istio's analysis, which knows what doesn't fit together. */
async function istioAnalyze(context, charts) {
  if (!context.has("istioctl")) return leftOutWithout("istioctl")
  const istioctl = await context.tool("istioctl")
  return overEnvironments(context, charts, async ({ name, files, found }) => {
    const args = ["analyze", "--use-kube=false", "--color=false", "--failure-threshold=Warning"]
    const { ok, output } = await context.try(istioctl, [...args, ...files])
    found.case(name, ok, output)
  })
}

/** The checks of the charts below a folder. */
export function chartChecks(root) {
  const charts = findCharts(root)
  if (!charts.length) return []
  const tested = [...charts, ...chartsIn(root, PART_FOLDERS)].filter(({ path }) =>
    subfolders(join(root, path)).includes("tests")
  )
  const usesIstio = charts.some(({ path }) => path.startsWith("istio"))
  const check = (name, run, needed = charts) => ({
    name: `charts:${name}`,
    run: (context) => run(context, needed),
  })
  return [
    check("lint", lint),
    check("schemas", schemas),
    ...(tested.length ? [check("unit", unitTests, tested)] : []),
    check("references", references),
    ...(usesIstio
      ? [
          { ...check("istio", istioValidate), name: "istio:validate" },
          { ...check("istio", istioAnalyze), name: "istio:analyze" },
        ]
      : []),
  ]
}
