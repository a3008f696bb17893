#!/usr/bin/env node
import { readArgs } from "./lib/args.mjs"
import { CheckContext } from "./lib/check-context.mjs"
import { CHECKS } from "./lib/checks.mjs"
import { printError } from "./lib/errors.mjs"
import { HOMES } from "./lib/lock.mjs"
import { checkNode } from "./lib/requirements.mjs"
import { runChecks, selectChecks } from "./lib/run-checks.mjs"
import { runSession } from "./lib/session.mjs"

const HELP = `
Sets up what is missing, then runs every check.

  npm test                                all of them
  npm test -- --only=unit                 one group, and what it needs
  npm test -- --only=unit:plugin,format   several groups or checks

Checks: ${CHECKS.map(({ name }) => name).join(", ")}

TEST_DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/postgres has integration:plugin and integration:backend
run on that PostgreSQL instead of one of their own. The user must be a superuser, pgvector 0.8.4 or newer at
hand; the tests make databases and roles there, and drop the databases.

What each one said is in .libro/test/logs/.
`

try {
  const options = { help: { type: "boolean", short: "h" }, only: { type: "string" } }
  const { help, only } = readArgs(process.argv.slice(2), options)
  if (help) console.log(HELP.trim())
  else {
    const checks = selectChecks(CHECKS, only)
    process.exitCode = await runSession(
      { name: "A test run", home: HOMES.test },
      async (supervisor) => {
        checkNode()
        return runChecks(checks, new CheckContext(supervisor, HOMES.test))
      }
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
