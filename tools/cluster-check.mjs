#!/usr/bin/env node
import { readArgs } from "./lib/args.mjs"
import { quiet } from "./lib/check-context.mjs"
import { printError } from "./lib/errors.mjs"
import { installDependencies } from "./lib/install.mjs"
import { HOMES } from "./lib/lock.mjs"
import { ROOT } from "./lib/paths.mjs"
import { ClusterContext, findClusterChecks } from "./lib/platform-cluster.mjs"
import { checkNode } from "./lib/requirements.mjs"
import { runChecks, selectChecks } from "./lib/run-checks.mjs"
import { runSession } from "./lib/session.mjs"

const HOME = HOMES["check:cluster"]
const CHECKS = [
  {
    name: "install:root",
    run: ({ supervisor }) => installDependencies(ROOT, { supervisor, report: quiet }),
  },
  ...findClusterChecks(ROOT),
]

const HELP = `
Sends what the charts render to a real Kubernetes API server, which it starts on this machine: etcd and
kube-apiserver, without controllers and nodes, so nothing runs. \`npm run platform:tools\` builds both first.

  npm run check:cluster
  npm run check:cluster -- --only=admits

Checks: ${CHECKS.map(({ name }) => name).join(", ")}

  refuses    it refuses what it must
  admits     every object of an environment is applied twice, strictly; a pod of each workload is let in
             where only restricted pods are
  upgrades   Helm installs the chart's previous version, upgrades, rolls back and uninstalls

What each one said is in .libro/cluster/logs/.
`

try {
  const options = { help: { type: "boolean", short: "h" }, only: { type: "string" } }
  const { help, only } = readArgs(process.argv.slice(2), options)
  if (help) console.log(HELP.trim())
  else {
    const checks = selectChecks(CHECKS, only)
    process.exitCode = await runSession(
      { name: "A check on an API server", home: HOME },
      async (supervisor) => {
        checkNode()
        return runChecks(checks, new ClusterContext({ supervisor, home: HOME }))
      }
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
