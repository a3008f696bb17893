import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { startPostgres } from "./embedded-postgres.mjs"
import { ensureModel } from "./models.mjs"
import { ROOT, STATE } from "./paths.mjs"
import { PlatformContext } from "./platform-context.mjs"
import { ensureSecondModel } from "./second-model.mjs"
import { checkTestDatabase, readTestDatabase } from "./test-database.mjs"
import { readJestReport, single, withReport } from "./test-reports.mjs"

/** No use of the terminal: steps that run at once would draw over each other. */
export const quiet = { detail() {}, count() {} }

/** What checks get to work with: ways to run a program, and what several of them share. */
export class CheckContext {
  constructor(supervisor, home) {
    this.supervisor = supervisor
    this.home = home
    this.reports = join(home, "reports")
    mkdirSync(this.reports, { recursive: true })
  }

  /** Runs a program that stands for one check. */
  async command(name, program, args, options) {
    const { code } = await this.supervisor.run(name, program, args, {
      ...options,
      allowFailure: true,
    })
    return { ...single(code === 0), showLog: code !== 0 }
  }

  node = (name, script, args) =>
    this.command(name, process.execPath, [join(ROOT, "node_modules", script), ...args])

  npm = (name, directory, args, env) => this.command(name, "npm", args, { cwd: directory, env })

  /** Runs a package's Jest or Vitest by its script, with a JSON report. */
  jest(name, directory, script, args, env) {
    const report = join(this.reports, `${name}.json`)
    const command = ["run", script, "--", ...args, `--outputFile=${report}`]
    return withReport(report, readJestReport, () =>
      this.supervisor.run(name, "npm", command, { cwd: directory, env, allowFailure: true })
    )
  }

  /** The embedding model's folder; it is fetched once a run. */
  models() {
    this.model ??= ensureModel({
      directory: join(STATE, "models"),
      configured: process.env.LIBRO_MODELS_DIR,
      hub: process.env.HF_ENDPOINT,
      supervisor: this.supervisor,
      report: quiet,
    })
    return this.model.then(({ directory }) => directory)
  }

  /** The folder of the model to which tests change. */
  secondModel() {
    this.second ??= this.models().then((first) =>
      ensureSecondModel({
        directory: join(STATE, "models"),
        configured: process.env.LIBRO_SECOND_MODELS_DIR,
        ...{ first, supervisor: this.supervisor },
      })
    )
    return this.second
  }

  /** What the checks of the platform work with: the charts are put together once a run. */
  platform() {
    this.ofPlatform ??= new PlatformContext({
      supervisor: this.supervisor,
      home: join(this.home, "platform"),
    })
    return this.ofPlatform
  }

  /** The PostgreSQL of the tests: the one that TEST_DATABASE_URL names, else one of our own. */
  async openPostgres() {
    const given = readTestDatabase()
    if (!given) {
      return startPostgres({
        home: join(STATE, "postgres"),
        name: "integration",
        fresh: true,
        durable: false,
        supervisor: this.supervisor,
        report: quiet,
      })
    }
    console.log(`  Tests run on the given ${await checkTestDatabase(given)}.`)
    return given
  }

  /** The environment of tests on a real database: one server a run, and the tests' own databases. */
  async databaseEnvironment() {
    this.postgres ??= this.openPostgres()
    const { host, port, user, password, url } = await this.postgres
    return {
      DB_HOST: host,
      DB_PORT: String(port),
      DB_USERNAME: user,
      DB_PASSWORD: password,
      DATABASE_URL: url("postgres"),
      LIBRO_MODELS_DIR: await this.models(),
    }
  }

  /** Deletes what the tests' own PostgreSQL left; a given one stays as it is. */
  async close() {
    await (await this.postgres?.catch(() => undefined))?.destroy?.()
  }
}
