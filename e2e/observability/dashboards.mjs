import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "../../tools/lib/paths.mjs"

const FOLDER = join(ROOT, "observability", "grafana", "dashboards")

/**
 * What the panels of the repository's dashboards ask for.
 *
 * @returns {{ title: string, expr: string }[]} `title`: dashboard, panel and query.
 */
export const dashboardQueries = () =>
  readdirSync(FOLDER).flatMap((name) => {
    const { title, panels } = JSON.parse(readFileSync(join(FOLDER, name), "utf8"))
    return panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ refId, expr }) => ({
        title: `${title}, ${panel.title}, ${refId}`,
        // Grafana says how far a rate looks; here the test does.
        expr: expr.replaceAll("$__rate_interval", "5m").replaceAll("$__range", "1h"),
      }))
    )
  })

/** A comparison, outside of labels, that keeps only what is out of order. */
const COMPARISON = /(\{[^}]*\}|"[^"]*")|(?<![<>=!])(==|!=|<=|>=|<|>)(?!=|\s*bool\b|~)/g

/**
 * An alert's expression so that it says of each series whether it is out of order, 1 or 0, instead of leaving
 * out the series that is in order: data, however well the shop does.
 */
export const asTruth = (expression) =>
  expression.replaceAll(COMPARISON, (found, aside, comparison) =>
    aside ? found : `${comparison} bool`
  )
