import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { parse } from "yaml"
import { CHECKS } from "./lib/checks.mjs"
import { ROOT } from "./lib/paths.mjs"
import { selectChecks } from "./lib/run-checks.mjs"

/*
 * What actionlint and zizmor don't know: that the workflows keep this project's promises.
 */

const FOLDER = join(ROOT, ".github", "workflows")
const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), "utf8")
  return { ...parse(text), name, text }
})
const jobsOf = ({ name, jobs }) =>
  Object.entries(jobs).map(([job, settings]) => ({ title: `${name}, ${job}`, ...settings }))

/** What of these lines uses an action that isn't pinned by its commit, with its version beside it. */
const unpinned = (text) =>
  text
    .split("\n")
    .filter((line) => /^\s*(- )?uses:/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))

/** What of the checks that a command names isn't there. */
function unknownChecks(text) {
  return [...text.matchAll(/npm test -- --only=(\S+)/g)].flatMap(([, only]) =>
    only.split(",").filter((name) => {
      try {
        return !selectChecks(CHECKS, name).length
      } catch {
        return true
      }
    })
  )
}

describe("the workflows", () => {
  it("pin every action by its commit, and say which version that is", () => {
    assert.deepEqual(unpinned("      - uses: actions/checkout@v5"), [
      "      - uses: actions/checkout@v5",
    ])
    for (const { name, text } of workflows) assert.deepEqual(unpinned(text), [], name)
  })

  it("give each job its own permissions and an end", () => {
    for (const workflow of workflows) {
      assert.deepEqual(workflow.permissions, { contents: "read" }, workflow.name)
      for (const job of jobsOf(workflow)) {
        assert.ok(job.permissions, `${job.title} has no permissions of its own`)
        assert.ok(job["timeout-minutes"], `${job.title} may run for ever`)
      }
    }
  })

  it("run checks that are there", () => {
    assert.deepEqual(unknownChecks("npm test -- --only=unit,nothing"), ["nothing"])
    const asked = workflows.map(({ text }) => text).join("\n")
    assert.match(asked, /npm test -- --only=/)
    assert.deepEqual(unknownChecks(asked), [])
  })

  it("test what the plugin promises to run on", () => {
    const { jobs } = workflows.find(({ name }) => name === "ci.yml")
    assert.deepEqual(jobs.node.strategy.matrix.node, [20, 22, 24])
    assert.deepEqual(jobs.postgresql.strategy.matrix.postgresql, [15, 16, 17, 18])
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
    assert.match(engines.node, /^>=20\./)
  })

  it("build every image, and publish each as it is built for a pull request", () => {
    const { jobs } = workflows.find(({ name }) => name === "images.yml")
    const made = (job) => job.strategy.matrix.include.map(({ file }) => file).sort()
    const files = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) =>
        readdirSync(join(ROOT, name))
          .filter((file) => file === "Dockerfile")
          .map((file) => join(name, file))
      )
    assert.deepEqual(made(jobs.build), files.sort())
    assert.deepEqual(made(jobs.publish), made(jobs.build))
  })
})
