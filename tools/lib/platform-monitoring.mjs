import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { collect, leftOutWithout } from "./platform-context.mjs"
import { filesBelow } from "./stamps.mjs"

const FOLDER = "observability"
const YAML = /\.ya?ml$/
const IS_TEST = /(^|\/)tests\/|[._]test\.ya?ml$/

const filesOf = (root, folder, pattern) =>
  [...filesBelow(join(root, FOLDER, folder))].filter((file) => pattern.test(file)).sort()

/** Runs a program once for each file. */
async function overFiles(context, program, files, argumentsOf) {
  const found = collect()
  for (const file of files) {
    const { ok, output } = await context.try(program, argumentsOf(file), { cwd: dirname(file) })
    found.case(context.relative(file), ok, output)
  }
  return found.outcome()
}

const readYaml = async (file) => (await import("yaml")).parse(readFileSync(file, "utf8"))

/** Alerts lead somewhere, and somebody proved that they fire. */
async function alerts(context, { rules, tests }) {
  const found = collect()
  const tested = new Set()
  for (const file of tests) {
    for (const { alert_rule_test: cases = [] } of (await readYaml(file)).tests ?? []) {
      for (const { alertname, exp_alerts: expected = [] } of cases) {
        if (expected.length) tested.add(alertname)
      }
    }
  }
  for (const file of rules) {
    for (const { rules: entries = [] } of (await readYaml(file)).groups ?? []) {
      for (const { alert, labels = {}, annotations = {} } of entries) {
        if (!alert) continue
        const runbook = annotations.runbook_url?.match(/docs\/runbooks\/[\w-]+\.md/)?.[0]
        const faults = [
          !labels.severity && "has no label `severity`",
          !annotations.summary && "has no annotation `summary`",
          !runbook && "has no annotation `runbook_url` that leads to docs/runbooks/NAME.md",
          runbook && !existsSync(context.path(runbook)) && `leads to ${runbook}, which isn't there`,
          !tested.has(alert) && "fires in no test",
        ].filter(Boolean)
        found.case(`${context.relative(file)}: ${alert}`, faults.length === 0, faults)
      }
    }
  }
  return found.outcome()
}

function prometheusChecks(root) {
  const all = filesOf(root, "prometheus", YAML)
  const tests = all.filter((file) => IS_TEST.test(file.slice(root.length)))
  const rules = all.filter((file) => dirname(file).endsWith("rules") && !tests.includes(file))
  const settings = all.filter((file) => basename(file).startsWith("prometheus"))
  const check = (name, files, argumentsOf) => ({
    name: `prometheus:${name}`,
    run: async (context) => overFiles(context, await context.tool("promtool"), files, argumentsOf),
  })
  const lint = ["--lint=all", "--lint-fatal"]
  return [
    rules.length && check("rules", rules, (file) => ["check", "rules", ...lint, file]),
    tests.length && check("tests", tests, (file) => ["test", "rules", file]),
    // Its rules and secrets lie elsewhere on the machine that it is for.
    settings.length &&
      check("config", settings, (file) => ["check", "config", "--syntax-only", file]),
    rules.length && {
      name: "prometheus:alerts",
      run: (context) => alerts(context, { rules, tests }),
    },
  ].filter(Boolean)
}

/** What a dashboard's variables stand for where only the grammar counts. */
const VARIABLES = [
  [/\$__(rate_interval|interval|range)\b|\$\{__(rate_interval|interval|range)\}/g, "5m"],
  [/\[\$\{?\w+(:\w+)?\}?\]/g, "[5m]"],
  [/\$\{(\w+)(:\w+)?\}|\$(\w+)/g, "x"],
]
const withoutVariables = (expression) =>
  VARIABLES.reduce((text, [pattern, value]) => text.replaceAll(pattern, value), expression)

/** Panels, also those inside a folded row. */
const panelsOf = ({ panels = [] }) => panels.flatMap((panel) => [panel, ...panelsOf(panel)])

const GRID_WIDTH = 24

/** Whether two panels lie on each other; a row is a line. */
const overlap = (one, other) =>
  one.x < other.x + other.w &&
  other.x < one.x + one.w &&
  one.y < other.y + other.h &&
  other.y < one.y + one.h

/** What is wrong with a panel that Grafana would take. */
function panelFaults(panel) {
  const { title, type, gridPos, datasource, targets = [], fieldConfig, description } = panel
  const source = typeof datasource === "string" ? datasource : datasource?.uid
  const places = gridPos && gridPos.x + gridPos.w <= GRID_WIDTH
  return [
    !title && "has no title",
    !places && `has no place within ${GRID_WIDTH} columns`,
    ...(type === "row" || type === "text"
      ? []
      : [
          !description && "has no description",
          !targets.length && "asks nothing",
          !source?.startsWith("$") && "names a data source instead of the variable `$datasource`",
          ["timeseries", "stat", "gauge"].includes(type) &&
            !fieldConfig?.defaults?.unit &&
            "has no unit",
        ]),
  ].filter(Boolean)
}

/** What is wrong with a dashboard that Grafana would take. */
export function dashboardFaults(dashboard) {
  const panels = panelsOf(dashboard)
  const ids = panels.map(({ id }) => id)
  const top = (dashboard.panels ?? []).filter(({ gridPos }) => gridPos)
  const collisions = top.flatMap((one, index) =>
    top
      .slice(index + 1)
      .filter((other) => overlap(one.gridPos, other.gridPos))
      .map((other) => `panels lie on each other: ${one.title}, ${other.title}`)
  )
  return [
    !dashboard.uid && "it has no uid",
    !dashboard.title && "it has no title",
    !dashboard.schemaVersion && "it has no schemaVersion",
    dashboard.editable !== false &&
      "it can be edited, and what is edited is lost: `editable` must be false",
    "id" in dashboard && dashboard.id !== null && "it has an id, which is one installation's own",
    !panels.length && "it has no panel",
    new Set(ids).size !== ids.length && "two panels have the same id",
    ...collisions,
    ...panels.flatMap((panel) =>
      panelFaults(panel).map((text) => `panel ${panel.title ?? panel.id} ${text}`)
    ),
  ].filter(Boolean)
}

/**
 * All queries of a dashboard as recording rules, because promtool checks a file of rules at once, and names
 * the one that is wrong.
 */
const queriesAsRules = (dashboard) => ({
  groups: [
    {
      name: dashboard.uid ?? "dashboard",
      rules: panelsOf(dashboard).flatMap(({ id, targets = [] }) =>
        targets
          .filter(({ expr }) => expr)
          .map(({ refId, expr }) => ({
            record: `panel_${id}:${refId ?? "A"}:query`,
            expr: withoutVariables(expr),
          }))
      ),
    },
  ],
})

async function dashboards(context, files) {
  const found = collect()
  const promtool = await context.tool("promtool")
  const strict = await context.tool("dashboard-lint")
  const work = context.folder("dashboards")
  const owners = new Map()
  for (const file of files) {
    const title = context.relative(file)
    let dashboard
    try {
      dashboard = JSON.parse(readFileSync(file, "utf8"))
    } catch (error) {
      found.case(title, false, [error.message])
      continue
    }
    const faults = dashboardFaults(dashboard)
    const { uid } = dashboard
    if (owners.has(uid)) faults.push(`its uid is that of ${owners.get(uid)}, too`)
    owners.set(uid, title)
    const read = await context.try(strict, [file])
    if (!read.ok) faults.push(...read.output)
    const rules = join(work, `${basename(file, ".json")}.yaml`)
    // promtool reads YAML, which JSON is.
    writeFileSync(rules, JSON.stringify(queriesAsRules(dashboard)))
    const parsed = await context.try(promtool, ["check", "rules", "--lint=none", rules])
    if (!parsed.ok) faults.push(...parsed.output)
    found.case(title, faults.length === 0, faults)
  }
  return found.outcome()
}

/** A check of files by a program that is built on request only. */
const heavyCheck = (name, tool, files, argumentsOf) => ({
  name,
  run: async (context) =>
    context.has(tool)
      ? overFiles(context, await context.tool(tool), files, argumentsOf)
      : leftOutWithout(tool),
})

/** The checks of what lies below `observability/`. */
export function monitoringChecks(root) {
  const boards = filesOf(root, "grafana", /dashboards\/.*\.json$/)
  const routing = filesOf(root, "alertmanager", /\/alertmanager[^/]*\.ya?ml$/)
  const tracing = filesOf(root, "jaeger", YAML)
  return [
    ...prometheusChecks(root),
    boards.length && { name: "dashboards", run: (context) => dashboards(context, boards) },
    routing.length &&
      heavyCheck("alertmanager:config", "amtool", routing, (file) => ["check-config", file]),
    tracing.length &&
      heavyCheck("jaeger:config", "jaeger", tracing, (file) => ["validate", "--config", file]),
  ].filter(Boolean)
}
