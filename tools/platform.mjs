#!/usr/bin/env node
import { readArgs } from "./lib/args.mjs"
import { quiet } from "./lib/check-context.mjs"
import { printError } from "./lib/errors.mjs"
import { installDependencies } from "./lib/install.mjs"
import { HOMES } from "./lib/lock.mjs"
import { ROOT } from "./lib/paths.mjs"
import { findPlatformChecks } from "./lib/platform-checks.mjs"
import { PlatformContext } from "./lib/platform-context.mjs"
import { TOOLS_HOME } from "./lib/platform-install.mjs"
import { ensureTool, isInstalled, TOOLS } from "./lib/platform-tools.mjs"
import { createProgress } from "./lib/progress.mjs"
import { checkNode } from "./lib/requirements.mjs"
import { runChecks, selectChecks } from "./lib/run-checks.mjs"
import { runSession } from "./lib/session.mjs"

const HOME = HOMES["check:platform"]
const CHECKS = [
  {
    name: "install:root",
    run: ({ supervisor }) => installDependencies(ROOT, { supervisor, report: quiet }),
  },
  ...findPlatformChecks().map((check) => ({ ...check, after: ["install:root"] })),
]
const HEAVY = TOOLS.filter(({ heavy }) => heavy).map(({ name }) => name)

const HELP = `
Checks charts, mesh, Terraform, monitoring, images and workflows with the tools that are made for it. Each
tool is installed once, at its pinned version, in ${TOOLS_HOME}.

  npm run check:platform                         all checks
  npm run check:platform -- --only=charts        one group
  npm run check:platform -- --only=charts:lint,shell
  npm run platform:tools                         builds every tool, the heavy ones as well: half an hour

Checks: ${CHECKS.map(({ name }) => name).join(", ")}
Heavy tools, without which a check is left out: ${HEAVY.map((name) => `${name} (${isInstalled(name) ? "there" : "not built"})`).join(", ")}

What each one said is in .libro/platform/logs/.
`

async function installAll(supervisor) {
  const { step } = createProgress({ total: TOOLS.length })
  for (const { name, version } of TOOLS) {
    await step(`${name} ${version}`, async () => {
      await ensureTool(name, { supervisor })
    })
  }
  return 0
}

try {
  const { help, only, install } = readArgs(process.argv.slice(2), {
    help: { type: "boolean", short: "h" },
    install: { type: "boolean" },
    only: { type: "string" },
  })
  if (help) console.log(HELP.trim())
  else {
    const checks = selectChecks(CHECKS, only)
    process.exitCode = await runSession(
      { name: "A check of the platform", home: HOME },
      async (supervisor) => {
        checkNode()
        if (install) return installAll(supervisor)
        return runChecks(checks, new PlatformContext({ supervisor, home: HOME }))
      }
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
