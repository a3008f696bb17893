import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it, mock } from "node:test"
import { readArgs, readPort } from "./lib/args.mjs"
import { MissingProgram, ToolError } from "./lib/errors.mjs"
import { createProgress } from "./lib/progress.mjs"
import { checkNode } from "./lib/requirements.mjs"
import { runChecks } from "./lib/run-checks.mjs"
import { schedule } from "./lib/schedule.mjs"
import {
  readJestReport,
  readPlaywrightReport,
  readTapReport,
  single,
  withReport,
} from "./lib/test-reports.mjs"

let folder
before(() => {
  folder = mkdtempSync(join(tmpdir(), "libro-tools-"))
})
after(() => rmSync(folder, { recursive: true }))

const write = (name, value) => {
  const file = join(folder, name)
  writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value))
  return file
}

describe("readArgs", () => {
  it("names an option that doesn't exist", () => {
    assert.throws(() => readArgs(["--rest"], { reset: { type: "boolean" } }), {
      name: "ToolError",
      message: "Unknown option '--rest'. Run with --help to see the options.",
    })
  })
})

describe("readPort", () => {
  const from = { flag: "--port", variable: "SHOP_PORT", fallback: 8000 }

  it("prefers the flag to the environment to the default", () => {
    assert.equal(readPort({ ...from, value: "1", env: { SHOP_PORT: "2" } }), 1)
    assert.equal(readPort({ ...from, env: { SHOP_PORT: "2" } }), 2)
    assert.equal(readPort({ ...from, env: {} }), 8000)
  })

  for (const value of ["0", "65536", "80a", "-1", "8.5", " "]) {
    it(`refuses "${value}" and names where it came from`, () => {
      assert.throws(() => readPort({ ...from, value, env: {} }), { message: /^--port must be/ })
      assert.throws(() => readPort({ ...from, env: { SHOP_PORT: value } }), {
        message: /^SHOP_PORT must be/,
      })
    })
  }
})

describe("checkNode", () => {
  it("says what is needed on a Node that is too old, and on Windows", () => {
    assert.throws(() => checkNode({ version: "20.18.3" }), { message: /20\.19 or newer/ })
    assert.throws(() => checkNode({ platform: "win32" }), { message: /WSL/ })
    checkNode({ version: "20.19.0", platform: "linux" })
    checkNode({ version: "24.0.0", platform: "darwin" })
  })
})

describe("createProgress", () => {
  it("writes plain lines where there is no terminal", async () => {
    const lines = []
    const { step } = createProgress({ total: 2, stream: { write: (text) => lines.push(text) } })
    await step("Books", async () => "655 imported")
    await assert.rejects(
      step("Index", async () => {
        throw new Error("no")
      })
    )
    assert.match(lines[0], /^\[1\/2\] Books ✓ 655 imported \(0\.0 s\)\n$/)
    assert.match(lines[1], /^\[2\/2\] Index ✗ \(0\.0 s\)\n$/)
  })
})

describe("schedule", () => {
  /** Runs tasks and tells in which order they began, which were skipped, and how many ran at once. */
  async function trace(tasks, { room, failing = [] }) {
    const seen = { began: [], skipped: [], most: 0 }
    let now = 0
    await schedule(tasks, {
      room,
      async run({ name, weight = 1 }) {
        seen.began.push(name)
        seen.most = Math.max(seen.most, (now += weight))
        await new Promise(setImmediate)
        now -= weight
        return { ok: !failing.includes(name) }
      },
      skip: ({ name }, cause) => seen.skipped.push(`${name} for ${cause}`),
    })
    return seen
  }

  it("runs everything, after what it needs and within the room", async () => {
    const tasks = [
      { name: "test", after: ["build"], weight: 2 },
      { name: "build" },
      { name: "lint" },
      { name: "format" },
    ]
    const { began, most } = await trace(tasks, { room: 2 })
    assert.deepEqual([...began].sort(), ["build", "format", "lint", "test"])
    assert.ok(began.indexOf("build") < began.indexOf("test"))
    assert.equal(most, 2)
  })

  it("skips what needs a task that failed, however far, and runs the rest", async () => {
    const tasks = [
      { name: "journey", after: ["test"] },
      { name: "build" },
      { name: "test", after: ["build"] },
      { name: "lint" },
    ]
    const { began, skipped } = await trace(tasks, { room: 2, failing: ["build"] })
    assert.deepEqual(began, ["build", "lint"])
    assert.deepEqual(skipped, ["test for build", "journey for test"])
  })

  it("runs a task that is heavier than the room, alone", async () => {
    const { began } = await trace([{ name: "heavy", weight: 9 }, { name: "light" }], { room: 2 })
    assert.deepEqual(began, ["heavy", "light"])
  })
})

describe("runChecks", () => {
  const run = async (checks) => {
    const lines = []
    const log = mock.method(console, "log", (line) => lines.push(line))
    const supervisor = { signal: new AbortController().signal, logFile: () => "nowhere.log" }
    try {
      const code = await runChecks(checks, { supervisor, close: async () => {} })
      return { code, output: lines.join("\n") }
    } finally {
      log.mock.restore()
    }
  }

  it("leaves out aloud what needs a program that isn't there", async () => {
    const { code, output } = await run([
      {
        name: "charts",
        async run() {
          throw new MissingProgram("Go is missing: install it.")
        },
      },
      { name: "rest", run: async () => single(true) },
    ])
    assert.equal(code, 0)
    assert.match(output, /^! charts +LEFT OUT: Go is missing: install it\.$/m)
    assert.match(output, /1 passed, 0 failed, 1 skipped/)
  })

  it("fails when a check throws anything else", async () => {
    const { code } = await run([
      {
        name: "charts",
        async run() {
          throw new ToolError("It is broken.")
        },
      },
    ])
    assert.equal(code, 1)
  })
})

describe("reports", () => {
  it("count a Jest file that couldn't be loaded as a failure", () => {
    const file = write("jest.json", {
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 1,
      testResults: [
        {
          name: "a.spec.ts",
          status: "failed",
          assertionResults: [
            { status: "passed", fullName: "adds" },
            {
              status: "failed",
              fullName: "subtracts",
              failureMessages: ["expected 1\nreceived 2"],
            },
          ],
        },
        {
          name: "b.spec.ts",
          status: "failed",
          message: "Cannot find module",
          assertionResults: [],
        },
      ],
    })
    const { passed, failed, skipped, failures } = readJestReport(file)
    assert.deepEqual({ passed, failed, skipped }, { passed: 1, failed: 2, skipped: 1 })
    assert.match(failures[0], /b\.spec\.ts\n +Cannot find module/)
    assert.match(failures[1], /subtracts\n +expected 1\n +received 2/)
  })

  it("count a browser test that needed a second try as a failure", () => {
    const file = write("playwright.json", {
      stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 2 },
      errors: [],
      suites: [],
    })
    const { passed, failed, skipped } = readPlaywrightReport(file)
    assert.deepEqual({ passed, failed, skipped }, { passed: 3, failed: 1, skipped: 2 })
  })

  it("read the numbers of Node's runner", () => {
    const tap =
      "not ok 1 - adds\n# tests 4\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n"
    assert.deepEqual(readTapReport(write("node.tap", tap)), {
      ...{ passed: 1, failed: 2, skipped: 1 },
      failures: ["adds"],
    })
  })

  it("say why a test of Node's runner failed", () => {
    const tap = [
      "# Subtest: before",
      "    not ok 1 - nested",
      "      ---",
      "      duration_ms: 0.5",
      "      failureType: 'testCodeFailure'",
      "      error: |-",
      "        expected one",
      "        got two",
      "      code: 'ERR_TEST_FAILURE'",
      "      ...",
      "not ok 2 - short",
      "  ---",
      "  duration_ms: 0.5",
      "  error: '1 subtest failed'",
      "  ...",
      "ok 3 - fine",
      "# pass 1\n# fail 2\n# cancelled 0\n# skipped 0\n# todo 0\n",
    ].join("\n")
    assert.deepEqual(readTapReport(write("why.tap", tap)).failures, [
      "nested\n      expected one\n      got two",
      "short\n      '1 subtest failed'",
    ])
  })

  it("don't let a runner pass that crashed before it wrote its report, or after", async () => {
    const stale = write("stale.json", { numPassedTests: 5, numFailedTests: 0, testResults: [] })
    const crashed = await withReport(stale, readJestReport, async () => ({ code: 1 }))
    assert.equal(crashed.failed, 1)
    assert.equal(crashed.passed, 0)
    const late = await withReport(stale, readJestReport, async () => {
      write("stale.json", {
        ...{ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, testResults: [] },
      })
      return { code: 1 }
    })
    assert.deepEqual([late.passed, late.failed], [5, 1])
  })
})
