import { statSync } from "node:fs"
import { join } from "node:path"
import { withDatabase } from "./database.mjs"
import { ToolError } from "./errors.mjs"
import { compareFacts, quoteIdentifier, readFacts } from "./facts.mjs"

/** How many tables are written, or indexes built, at a time. */
const JOBS = "2"

/**
 * Takes a backup with pg_dump, and notes what is in it, of one and the same moment.
 *
 * @param {object} options
 * @param {string} options.programs The folder of PostgreSQL's programs.
 * @param {string} options.url The database.
 * @param {string} options.file Where the backup goes, in pg_dump's own format.
 * @param {import("./process.mjs").Supervisor} options.supervisor
 * @returns {Promise<{ facts: import("./facts.mjs").Facts, bytes: number }>}
 */
export const takeBackup = ({ programs, url, file, supervisor }) =>
  withDatabase(url, async (query) => {
    // What others commit meanwhile is in neither.
    await query("begin isolation level repeatable read read only")
    const [{ snapshot }] = await query("select pg_export_snapshot() as snapshot")
    await supervisor.run("pg-dump", join(programs, "pg_dump"), [
      ...["--format=custom", "--no-owner", `--snapshot=${snapshot}`],
      ...[`--file=${file}`, `--dbname=${url}`],
    ])
    const facts = await readFacts(query)
    await query("commit")
    return { facts, bytes: statSync(file).size }
  })

/** Fills an empty database from a backup. */
export async function restoreBackup({ programs, url, file, supervisor }) {
  await supervisor.run("pg-restore", join(programs, "pg_restore"), [
    ...["--no-owner", "--exit-on-error", `--jobs=${JOBS}`, `--dbname=${url}`, file],
  ])
}

/**
 * What would go unnoticed if facts weren't compared: takes a row out of each of these tables, compares, and
 * puts all back.
 *
 * @param {string} url
 * @param {import("./facts.mjs").Facts} facts Those of the whole database.
 * @param {string[]} tables
 * @throws {ToolError} The loss of a row isn't noticed.
 */
export const assertLossIsNoticed = (url, facts, tables) =>
  withDatabase(url, async (query) => {
    for (const table of tables) {
      await query("begin")
      // Whatever refers to the row stays: a damaged file knows no foreign keys either.
      await query("set local session_replication_role = replica")
      const quoted = quoteIdentifier(table)
      await query(`delete from ${quoted} where ctid = (select min(ctid) from ${quoted})`)
      const differences = compareFacts(facts, await readFacts(query))
      await query("rollback")
      if (!differences.some((text) => text.startsWith(`${table}:`))) {
        throw new ToolError(`A row that is missing from ${table} goes unnoticed.`)
      }
    }
  })
