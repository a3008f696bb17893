/**
 * Brings the database to the state of this release. From the folder of the built application:
 *
 *   node src/deploy/migrate.js           migrates, as the job of an upgrade or of a rollback
 *   node src/deploy/migrate.js --once    migrates unless this release has done so before: what a pod
 *                                        runs before it starts
 *
 * Reads DATABASE_URL, and LIBRO_RELEASE: what is deployed, such as the image's digest.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { migrateRelease } from "./migrate-release"

/** A database that is created together with the shop takes a minute or two to its first answer. */
const DATABASE_WAIT_MS = 5 * 60_000

/**
 * `medusa db:migrate`: tables, links, search indexes and scripts. "Safe" leaves links and indexes in
 * place that this release no longer declares: the one before it may run still, or again.
 */
const COMMAND = ["db:migrate", "--execute-safe-links", "--execute-safe-search"]

const report = (message: string) => console.log(`[migrate] ${message}`)

function required(name: string): string {
  const value = process.env[name]
  if (!value) {
    throw new Error(`${name} is not set: it is needed to migrate the database.`)
  }
  return value
}

async function runMedusa(signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [require.resolve("@medusajs/cli/cli.js"), ...COMMAND], {
    stdio: "inherit",
    signal,
  })
  const end = (name: NodeJS.Signals) => child.kill(name)
  process.once("SIGTERM", end)
  process.once("SIGINT", end)
  try {
    const [code, killedBy] = (await once(child, "exit")) as [number | null, string | null]
    if (code !== 0) {
      throw new Error(`medusa ${COMMAND[0]} ended with ${killedBy ?? code}.`)
    }
  } finally {
    process.off("SIGTERM", end)
    process.off("SIGINT", end)
  }
}

async function main(): Promise<void> {
  const release = required("LIBRO_RELEASE")
  const migrated = await migrateRelease({
    databaseUrl: required("DATABASE_URL"),
    release,
    once: process.argv.includes("--once"),
    databaseWaitMs: DATABASE_WAIT_MS,
    migrate: runMedusa,
    report,
  })
  report(migrated ? `${release} is migrated` : `${release} was migrated before`)
}

main().catch((error: Error) => {
  console.error(`[migrate] ${error.message}`)
  process.exitCode = 1
})
