import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { BACKEND, ROOT } from "./lib/paths.mjs"

/*
 * Whoever reads a runbook is in a hurry: what it says to run must be there.
 */

const FOLDER = join(ROOT, "docs", "runbooks")
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))

/** What a runbook names that isn't there. */
function missing(text, folder = FOLDER) {
  const found = (pattern) => [...text.matchAll(pattern)].map(([, name]) => name)
  return [
    ...found(/\]\(([^)#:]+)(?:#[^)]*)?\)/g).filter((path) => !existsSync(join(folder, path))),
    ...found(/npx medusa exec \.\/(src\/scripts\/[\w-]+\.ts)/g).filter(
      (path) => !existsSync(join(BACKEND, path))
    ),
    ...found(/npm run ([\w:]+)/g).filter((name) => !scripts[name]),
  ]
}

describe("runbooks", () => {
  it("name what is missing in them", () => {
    const wrong =
      "[a](nowhere.md) `npx medusa exec ./src/scripts/nothing.ts` `npm run nothing` [b](restore.md#x)"
    assert.deepEqual(missing(wrong), ["nowhere.md", "src/scripts/nothing.ts", "nothing"])
  })

  const files = readdirSync(FOLDER)
  for (const file of files) {
    it(`${file} names nothing that isn't there`, () => {
      assert.deepEqual(
        missing(readFileSync(join(FOLDER, file), "utf8"), dirname(join(FOLDER, file))),
        []
      )
    })
  }

  it("are all in their index", () => {
    const index = readFileSync(join(FOLDER, "README.md"), "utf8")
    for (const file of files) assert.ok(file === "README.md" || index.includes(`(${file})`), file)
  })
})
