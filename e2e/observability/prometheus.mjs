import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parse, stringify } from "yaml"
import { findFreePort, waitForUrl } from "../../tools/lib/network.mjs"
import { ROOT } from "../../tools/lib/paths.mjs"

const SOURCES = join(ROOT, "observability", "prometheus")
const START_LIMIT_MS = 30_000
/** Far shorter than in a shop, so that a test needn't wait for what it asks. */
const INTERVAL = "1s"

const readYaml = (file) => parse(readFileSync(file, "utf8"))

/** The repository's own rules, evaluated at the test's pace. */
function writeRules(directory) {
  for (const name of readdirSync(join(SOURCES, "rules"))) {
    const { groups } = readYaml(join(SOURCES, "rules", name))
    const paced = groups.map((group) => ({ ...group, interval: INTERVAL }))
    writeFileSync(join(directory, name), stringify({ groups: paced }))
  }
}

/**
 * The alerts and the recorded figures of the repository's rules.
 *
 * @returns {{ alert?: string, record?: string, expr: string }[]}
 */
export const rules = () =>
  readdirSync(join(SOURCES, "rules")).flatMap((name) =>
    readYaml(join(SOURCES, "rules", name)).groups.flatMap((group) => group.rules)
  )

/**
 * Starts a real Prometheus on this machine's loopback, with the repository's configuration and rules: only
 * where it finds the shop, and how often it looks, are its own.
 *
 * @param {object} options
 * @param {string} options.program
 * @param {string} options.directory Emptied.
 * @param {Record<string, string>} options.targets Host and port by job.
 * @param {import("../../tools/lib/process.mjs").Supervisor} options.supervisor
 */
export async function startPrometheus({ program, directory, targets, supervisor }) {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(join(directory, "rules"), { recursive: true })
  writeRules(join(directory, "rules"))
  const config = readYaml(join(SOURCES, "prometheus.yml"))
  config.global = { scrape_interval: INTERVAL, evaluation_interval: INTERVAL }
  config.rule_files = [join(directory, "rules", "*.yaml")]
  config.scrape_configs = config.scrape_configs
    .filter(({ job_name: job }) => targets[job])
    .map((job) => ({ ...job, static_configs: [{ targets: [targets[job.job_name]] }] }))
  const file = join(directory, "prometheus.yml")
  writeFileSync(file, stringify(config))

  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const server = supervisor.start("prometheus", program, [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(directory, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=warn",
  ])
  await waitForUrl(`${url}/-/ready`, {
    ...{ what: "Prometheus", limitMs: START_LIMIT_MS, failed: server.exited },
    signal: supervisor.signal,
  })

  return {
    /**
     * Evaluates an expression now.
     *
     * @returns {Promise<{ metric: Record<string, string>, value: number }[]>} Its series.
     */
    async query(expression) {
      const response = await fetch(`${url}/api/v1/query`, {
        method: "POST",
        body: new URLSearchParams({ query: expression }),
      })
      const { data, error } = await response.json()
      if (error) throw new Error(`Prometheus can't answer ${expression}: ${error}`)
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
    },
    stop: server.stop,
  }
}
