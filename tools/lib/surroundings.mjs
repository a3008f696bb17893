import { join } from "node:path"
import { quiet } from "./check-context.mjs"
import { startPostgres } from "./embedded-postgres.mjs"
import { PLUGIN, STATE } from "./paths.mjs"
import { findPgbouncer, startPgbouncer } from "./pgbouncer.mjs"
import { hasPostgres16, installPostgres16 } from "./postgres-16-install.mjs"

const EXTENSION_SCHEMA = "extensions"
/**
 * The specs whose statements depend on the surroundings: those that use an extension, a setting, a lock
 * or a transaction. The others say the same of any Postgres.
 */
const SPECS = [
  "integration-tests/surroundings",
  ...[
    "bad-input",
    "embedding-queue",
    "facets-and-order",
    "filters",
    "highlight",
    "index-lifecycle",
    "newest-reading",
    "search-by-meaning",
    "search-by-words",
    "search-options",
    "suggestions",
    "vector-index",
  ].map((name) => `integration-tests/pgvector/${name}.spec.ts`),
]

/**
 * Runs the provider's integration tests in other surroundings than a developer's: on PostgreSQL 16,
 * with the extensions in a schema off the search path, through a pooler in transaction mode.
 *
 * @param {import("./check-context.mjs").CheckContext} context
 * @returns {Promise<import("./test-reports.mjs").Outcome>}
 */
export async function testPluginOnPostgres16(context) {
  const { supervisor } = context
  if (!hasPostgres16()) {
    const note = "there is a PostgreSQL 16 with pgvector for Linux on x64 only"
    return { passed: 0, failed: 0, skipped: 1, failures: [], note }
  }
  const home = join(STATE, "postgres")
  const postgres = await startPostgres({
    ...{ home, name: "integration-16", fresh: true, durable: false },
    ...{ install: installPostgres16, supervisor, report: quiet },
  })
  const program = await findPgbouncer(supervisor)
  const pooler = program
    ? await startPgbouncer({ program, home, server: postgres, supervisor })
    : undefined
  try {
    const outcome = await context.jest(
      "integration-plugin-pg16",
      PLUGIN,
      "test:integration",
      [...SPECS, "--json"],
      {
        DB_HOST: postgres.host,
        DB_PORT: String(postgres.port),
        DB_USERNAME: postgres.user,
        DB_PASSWORD: postgres.password,
        DB_EXTENSION_SCHEMA: EXTENSION_SCHEMA,
        ...(pooler ? { DB_POOLER_PORT: String(pooler.port) } : {}),
      }
    )
    if (pooler) return outcome
    const note = "without a pooler, as there is no pgbouncer and no root to install it"
    return { ...outcome, skipped: outcome.skipped + 1, note }
  } finally {
    await pooler?.stop()
    await postgres.destroy()
  }
}
