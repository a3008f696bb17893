#!/usr/bin/env node
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { readArgs } from "./lib/args.mjs"
import { assertLossIsNoticed, restoreBackup, takeBackup } from "./lib/backup.mjs"
import { prepareDatabase, withDatabase } from "./lib/database.mjs"
import { startPostgres } from "./lib/embedded-postgres.mjs"
import { printError, ToolError } from "./lib/errors.mjs"
import { compareFacts, readFacts } from "./lib/facts.mjs"
import { HOMES } from "./lib/lock.mjs"
import { findFreePort } from "./lib/network.mjs"
import { ROOT, STATE } from "./lib/paths.mjs"
import { installPostgres } from "./lib/postgres-install.mjs"
import { choosePostgresHome } from "./lib/postgres-account.mjs"
import { formatDuration, formatMegabytes } from "./lib/progress.mjs"
import { runSession } from "./lib/session.mjs"
import { openShop } from "./lib/shop.mjs"
import { shopper } from "./lib/shopper.mjs"
import { assertWhole, documentTable } from "./lib/whole.mjs"

const HOME = HOMES.drill
const DATABASE = "libro_mind"
/** Whose loss would be the worst, and is tried. */
const PRECIOUS = ["product", "order_line_item", "semantic_search_embedding"]
const SEARCHES = ["a captain obsessed with a white whale", "cosy murder in an English village"]
/** What a worker repairs after a start, it has repaired within. */
const WHOLE_WITHIN_MS = 120_000

const HELP = `
Proves that a backup brings the shop back: takes one of a shop with orders, destroys the shop's database,
restores the backup into a fresh PostgreSQL, and compares every row, then opens the shop on it.

  npm run drill                          with a shop of its own, which is deleted in the end
  npm run drill -- --backup FILE         with a backup of yours, by pg_dump in its custom format; what
                                         needs to know how it was before is left out

What was seen is in .libro/drill/report.md; what the programs said in .libro/drill/logs/.
`

const quiet = { detail() {}, count() {} }

/** What was done, how long it took, and what was seen. */
class Report {
  #rows = []

  /** Runs a step, and notes what it answers with. */
  async step(title, work) {
    const started = Date.now()
    process.stdout.write(`${title} …`)
    const { seen, ...result } = await work()
    const took = formatDuration(Date.now() - started)
    console.log(` ${seen} (${took})`)
    this.#rows.push([title, seen, took])
    return result
  }

  write(file, title) {
    const lines = [title, "", "| step | seen | took |", "| --- | --- | --- |"]
    writeFileSync(
      file,
      [...lines, ...this.#rows.map((row) => `| ${row.join(" | ")} |`), ""].join("\n")
    )
  }
}

const postgresFor = (supervisor, name) =>
  startPostgres({
    ...{ home: join(STATE, "postgres"), name, fresh: true, durable: false },
    ...{ supervisor, report: quiet },
  })

const openOn = async (supervisor, home, databaseUrl) =>
  openShop(supervisor, {
    ...{ home: join(HOME, home), name: home, databaseUrl },
    backendPort: await findFreePort(),
    storefrontPort: await findFreePort(),
    // The drill has steps of its own to show.
    stream: { write() {}, isTTY: false },
  })

const total = (facts) => Object.values(facts.tables).reduce((sum, { rows }) => sum + rows, 0)

/** Opens a shop with orders, backs it up, changes it, and destroys its database. */
async function backUpShop(supervisor, report, { programs, file }) {
  const source = await postgresFor(supervisor, "drill-source")
  const url = source.url(DATABASE)
  const { visitor, shop } = await report.step("A shop with books and orders", async () => {
    const shop = await openOn(supervisor, "source", url)
    const visitor = shopper(shop.facts)
    await visitor.buy()
    const order = await visitor.buy()
    return { shop, visitor, seen: `order ${order.display_id} placed` }
  })
  const found = []
  for (const text of SEARCHES) found.push(await visitor.find(text))
  const { facts } = await report.step("Backup", async () => {
    const { facts, bytes } = await takeBackup({ programs, url, file, supervisor })
    return {
      facts,
      seen: `${Object.keys(facts.tables).length} tables, ${total(facts)} rows, ${formatMegabytes(bytes)}`,
    }
  })
  await report.step("What comes after it, and is lost with the database", async () => {
    const order = await visitor.buy()
    await shop.close({ keepData: true })
    await source.destroy()
    return { seen: `order ${order.display_id} placed; the database destroyed` }
  })
  return { facts, found }
}

async function drill(supervisor, backup) {
  mkdirSync(HOME, { recursive: true })
  const report = new Report()
  const programs = await installPostgres({
    directory: choosePostgresHome(join(STATE, "postgres")).directory,
    ...{ supervisor, report: quiet },
  })
  const file = backup ?? join(HOME, "backup.dump")
  const before = backup ? undefined : await backUpShop(supervisor, report, { programs, file })

  const target = await postgresFor(supervisor, "drill-restored")
  const url = target.url(DATABASE)
  await report.step("Restore into a fresh PostgreSQL", async () => {
    await prepareDatabase(url)
    // Made for a new shop; the backup brings its own.
    await withDatabase(url, (query) => query("drop schema libro_demo cascade"))
    await restoreBackup({ programs, url, file, supervisor })
    return { seen: "no error" }
  })
  if (before) {
    await report.step("Every row, index and sequence compared", async () => {
      const after = await withDatabase(url, readFacts)
      const differences = compareFacts(before.facts, after)
      if (differences.length) {
        throw new ToolError("The restored database isn't what was backed up.", {
          output: differences,
        })
      }
      const rows = (name) => before.facts.tables[name].rows
      return {
        seen: `the same: ${rows("product")} products, ${rows("order")} orders, ${rows("semantic_search_embedding")} embeddings, ${before.facts.indexes.length} indexes`,
      }
    })
    await report.step("A lost row would be noticed", async () => {
      await assertLossIsNoticed(url, before.facts, PRECIOUS)
      return { seen: PRECIOUS.join(", ") }
    })
  }
  const { shop } = await report.step("The shop opens on it", async () => ({
    shop: await openOn(supervisor, "restored", url),
    seen: "migrations, servers and index are there",
  }))
  const visitor = shopper(shop.facts)
  await report.step("Every product has the vector of its own text", async () => {
    await withDatabase(url, async (query) => {
      await assertWhole({ query }, WHOLE_WITHIN_MS)
      const table = await documentTable({ query })
      const [{ count }] = await query(
        "select count(*)::int from pg_indexes where tablename = $1 and indexdef like '%hnsw%'",
        [table]
      )
      if (!count) throw new ToolError(`The table ${table} has no vector index.`)
    })
    return { seen: "and its one document; the vector index is there" }
  })
  await report.step("Shoppers search and buy", async () => {
    for (const [i, text] of SEARCHES.entries()) {
      const { ids, mode } = await visitor.find(text)
      if (mode !== "hybrid")
        throw new ToolError(`"${text}" is answered by ${mode}, not by meaning.`)
      if (before && ids.join() !== before.found[i].ids.join()) {
        throw new ToolError(`"${text}" finds other books than before the backup.`)
      }
    }
    const order = await visitor.buy()
    const same = before ? ", with the books that they found before" : ""
    return { seen: `order ${order.display_id} placed; by meaning${same}` }
  })
  await shop.close({ keepData: true })
  await target.destroy()
  if (!backup) rmSync(file)

  const to = join(HOME, "report.md")
  report.write(to, `# Restoring a backup, ${new Date().toISOString().slice(0, 10)}`)
  console.log(`\nThe backup brings the shop back. ${relative(ROOT, to)}`)
  return 0
}

try {
  const { help, backup } = readArgs(process.argv.slice(2), {
    help: { type: "boolean", short: "h" },
    backup: { type: "string" },
  })
  if (help) console.log(HELP.trim())
  else if (backup && !existsSync(backup)) throw new ToolError(`--backup: there is no ${backup}.`)
  else {
    process.exitCode = await runSession({ name: "A drill", home: HOME }, (supervisor) =>
      drill(supervisor, backup && resolve(backup))
    )
  }
} catch (error) {
  printError(error)
  process.exitCode = 1
}
