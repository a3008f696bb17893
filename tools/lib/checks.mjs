import { mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { build } from "./build.mjs"
import { quiet } from "./check-context.mjs"
import { findChromium } from "./chromium.mjs"
import { installDependencies } from "./install.mjs"
import { testMultilingualModel } from "./multilingual.mjs"
import { findFreePort } from "./network.mjs"
import { BACKEND, BENCHMARKS, E2E, PLUGIN, ROOT, STOREFRONT } from "./paths.mjs"
import { findPlatformChecks } from "./platform-checks.mjs"
import { checkGo, checkTerraform } from "./requirements.mjs"
import { openShop } from "./shop.mjs"
import { testPluginOnPostgres16 } from "./surroundings.mjs"
import { readPlaywrightReport, readTapReport, withReport } from "./test-reports.mjs"

const PACKAGES = {
  plugin: PLUGIN,
  backend: BACKEND,
  benchmarks: BENCHMARKS,
  storefront: STOREFRONT,
}
/** Proves that each check of the platform can fail; it needs what those install. */
const PLATFORM_TEST = "tools/platform.test.mjs"
/** Tests of the tools themselves stand beside them. */
const TOOL_TESTS = readdirSync(join(ROOT, "tools"))
  .filter((name) => name.endsWith(".test.mjs"))
  .map((name) => join("tools", name))
  .filter((path) => path !== PLATFORM_TEST)

/** Starts the whole shop on free ports, with a database of its own, and goes through it in a browser. */
async function browserJourney(context) {
  const chromium = await findChromium(context.supervisor)
  const home = join(context.home, "shop")
  mkdirSync(home, { recursive: true })
  const { close } = await openShop(context.supervisor, {
    home,
    name: "e2e",
    backendPort: await findFreePort(),
    storefrontPort: await findFreePort(),
    fresh: true,
    durable: false,
  })
  const report = join(context.reports, "e2e.json")
  const environment = {
    CHROMIUM_PATH: chromium,
    LIBRO_DEMO_JSON: join(home, "demo.json"),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  }
  try {
    return await withReport(report, readPlaywrightReport, () =>
      context.supervisor.run(
        "e2e",
        process.execPath,
        [join(ROOT, "node_modules/@playwright/test/cli.js"), "test"],
        { cwd: E2E, env: environment, allowFailure: true }
      )
    )
  } finally {
    await close({ keepData: false })
  }
}

/** Runs a file by Node's own test runner. */
function nodeTests({ supervisor, reports }, name, file, env) {
  const report = join(reports, `${name}.tap`)
  const toFile = ["--test-reporter=tap", `--test-reporter-destination=${report}`]
  // A failed assertion's figures go to the check's log.
  const toLog = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
  return withReport(report, readTapReport, () =>
    supervisor.run(name, process.execPath, ["--test", ...toFile, ...toLog, file], {
      ...{ env, allowFailure: true },
    })
  )
}

/**
 * What the storefront's checks wait for. Its tools look into the root's `node_modules` above it as well,
 * and would read files there that are just being written.
 */
const STOREFRONT_READY = ["install:root", "install:storefront"]

/**
 * Every check, in the order in which they should start.
 *
 * - `name`: what `--only` takes; the part before the colon selects a whole group.
 * - `after`: what must have passed before, else it is skipped.
 * - `weight`: how many of the two processor cores it keeps busy.
 * - `run`: answers with an outcome, or throws; a string counts as passed.
 */
export const CHECKS = [
  {
    name: "install:root",
    run: ({ supervisor }) => installDependencies(ROOT, { supervisor, report: quiet }),
  },
  {
    name: "install:storefront",
    run: ({ supervisor }) => installDependencies(STOREFRONT, { supervisor, report: quiet }),
  },
  {
    name: "unit:tools",
    after: ["install:root"],
    run: ({ supervisor, reports }) => {
      const report = join(reports, "unit-tools.tap")
      return withReport(report, readTapReport, () =>
        supervisor.run(
          "unit-tools",
          process.execPath,
          ["--test", "--test-reporter=tap", `--test-reporter-destination=${report}`, ...TOOL_TESTS],
          { allowFailure: true }
        )
      )
    },
  },
  {
    name: "format",
    after: ["install:root"],
    run: (context) => context.node("format", "prettier/bin/prettier.cjs", ["--check", "."]),
  },
  {
    name: "build:plugin",
    after: ["install:root"],
    run: ({ supervisor }) => build("plugin", { supervisor, report: quiet }),
  },
  {
    name: "lint:root",
    after: ["build:plugin"],
    run: (context) => context.node("lint-root", "eslint/bin/eslint.js", ["--max-warnings=0", "."]),
  },
  {
    name: "lint:storefront",
    after: STOREFRONT_READY,
    run: (context) => context.npm("lint-storefront", STOREFRONT, ["run", "lint"]),
  },
  ...Object.entries(PACKAGES).map(([name, directory]) => ({
    name: `typecheck:${name}`,
    after: name === "storefront" ? STOREFRONT_READY : ["build:plugin"],
    run: (context) => context.npm(`typecheck-${name}`, directory, ["run", "typecheck"]),
  })),
  {
    name: "typecheck:e2e",
    after: ["install:root"],
    run: (context) =>
      context.node("typecheck-e2e", "typescript/bin/tsc", ["--noEmit", "--project", E2E]),
  },
  ...["plugin", "backend"].map((name) => ({
    name: `unit:${name}`,
    after: ["build:plugin"],
    run: async (context) =>
      context.jest(`unit-${name}`, PACKAGES[name], "test:unit", ["--json"], {
        LIBRO_MODELS_DIR: await context.models(),
      }),
  })),
  {
    name: "unit:storefront",
    after: STOREFRONT_READY,
    run: (context) =>
      context.jest("unit-storefront", STOREFRONT, "test", [
        "--reporter=default",
        "--reporter=json",
      ]),
  },
  ...["plugin", "backend"].map((name) => ({
    name: `integration:${name}`,
    after: ["build:plugin"],
    weight: 2,
    run: async (context) =>
      context.jest(`integration-${name}`, PACKAGES[name], "test:integration", ["--json"], {
        ...(await context.databaseEnvironment()),
        ...(name === "plugin" ? { LIBRO_SECOND_MODELS_DIR: await context.secondModel() } : {}),
      }),
  })),
  {
    name: "integration:plugin-pg16",
    after: ["install:root"],
    weight: 2,
    run: testPluginOnPostgres16,
  },
  {
    name: "integration:plugin-multilingual",
    after: ["install:root"],
    run: testMultilingualModel,
  },
  {
    name: "build:backend",
    after: ["build:plugin"],
    weight: 2,
    run: ({ supervisor }) => build("backend", { supervisor, report: quiet }),
  },
  {
    name: "build:storefront",
    after: STOREFRONT_READY,
    weight: 2,
    run: ({ supervisor }) => build("storefront", { supervisor, report: quiet }),
  },
  {
    name: "e2e",
    after: ["build:backend", "build:storefront"],
    weight: 2,
    run: browserJourney,
  },
  ...["faults", "kills", "database", "cluster"].map((name) => ({
    name: `faults:${name}`,
    // Several processes have storefronts before them.
    after: ["build:backend", ...(name === "cluster" ? ["build:storefront"] : [])],
    weight: 2,
    run: (context) => nodeTests(context, `faults-${name}`, join(E2E, "faults", `${name}.test.mjs`)),
  })),
  {
    name: "observability",
    after: ["build:backend", "build:storefront"],
    weight: 2,
    async run(context) {
      const platform = context.platform()
      const jaeger = platform.has("jaeger") ? await platform.tool("jaeger") : undefined
      const outcome = await nodeTests(
        context,
        "observability",
        join(E2E, "observability", "observability.test.mjs"),
        { PROMETHEUS: await platform.tool("prometheus"), ...(jaeger && { JAEGER: jaeger }) }
      )
      const note = "spans went to a small receiver: Jaeger takes minutes to build and isn't there"
      return jaeger ? outcome : { ...outcome, note }
    },
  },
  {
    name: "stranger",
    after: ["build:plugin"],
    run: (context) => nodeTests(context, "stranger", join(E2E, "stranger", "stranger.test.mjs")),
  },
  ...findPlatformChecks().map(({ name, run }) => ({
    name: `platform:${name}`,
    after: ["install:root"],
    run: (context) => run(context.platform()),
  })),
  {
    name: "platform:can-fail",
    after: ["install:root"],
    async run(context) {
      await checkGo(context.supervisor)
      await checkTerraform(context.supervisor)
      return nodeTests(context, "platform-can-fail", PLATFORM_TEST)
    },
  },
]
