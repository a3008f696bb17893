import assert from "node:assert/strict"
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, before, describe, it } from "node:test"
import { parse } from "yaml"
import { CHECKS } from "./lib/checks.mjs"
import { readJson } from "./lib/json-file.mjs"
import { ROOT } from "./lib/paths.mjs"
import {
  findRefusedLicences,
  findUnbuiltImages,
  findUnguardedJobs,
  findUnknownCommands,
  findUnpinnedActions,
  findUntestedVersions,
  readWorkflows,
} from "./lib/workflows.mjs"

/** What the workflows promise: kept by those of this repository, and each seen to be broken by another. */

const COMMIT = "a".repeat(40)
const DIGEST = `sha256:${"b".repeat(64)}`
/** The lines of Node with long support that the project is tested on, and the majors of PostgreSQL. */
const NODES = [20, 22, 24]
const POSTGRES = [15, 16, 17, 18]
const { engines, scripts } = readJson(join(ROOT, "package.json"))
const VERSIONS = { node: engines.node, nodes: NODES, postgres: POSTGRES }
const COMMANDS = { checks: CHECKS.map(({ name }) => name), scripts: Object.keys(scripts) }

/** A workflow that keeps every promise. */
const RIGHT = `on: push
permissions: {}
concurrency: { group: a }
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { contents: read }
    strategy:
      matrix:
        node: ["20.19", "22", "24"]
        include:
          - { postgres: 15, image: "pgvector/pgvector:0.8.6-pg15@${DIGEST}" }
          - { postgres: 16, image: "pgvector/pgvector:0.8.6-pg16@${DIGEST}" }
          - { postgres: 17, image: "pgvector/pgvector:0.8.6-pg17@${DIGEST}" }
          - { postgres: 18, image: "pgvector/pgvector:0.8.6-pg18@${DIGEST}" }
    steps:
      - uses: actions/checkout@${COMMIT} # v5.0.0
        with: { persist-credentials: false }
      - uses: ./.github/actions/setup
      - run: npm test -- --only=format,unit
      - run: npm run check:platform
      - run: .github/scripts/a.sh
  images:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: { contents: read }
    strategy:
      matrix:
        include: [{ file: shop/Dockerfile }]
    steps:
      - uses: docker/build-push-action@${COMMIT} # v7.3.0
`
const BESIDE = {
  ".github/actions/setup/action.yml": `runs:
  using: composite
  steps:
    - uses: actions/setup-node@${COMMIT} # v5.0.0
`,
  ".github/scripts/a.sh": "",
  "shop/Dockerfile": "",
}

let folder
before(() => {
  folder = mkdtempSync(join(tmpdir(), "libro-workflows-"))
})
after(() => rmSync(folder, { recursive: true }))

let trees = 0
/** Writes a tree with this workflow, and answers with its root. */
function tree(workflow, beside = {}) {
  const root = join(folder, `${(trees += 1)}`)
  const files = { ".github/workflows/a.yml": workflow, ...BESIDE, ...beside }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const PROMISES = {
  "pins every action by a full commit, with its version beside it": {
    find: (root) => findUnpinnedActions(readWorkflows(root)),
    broken: {
      "a tag": [[`checkout@${COMMIT}`, "checkout@v5"], /isn't pinned by a full commit/],
      "a short commit": [[`checkout@${COMMIT}`, "checkout@aaaaaaa"], /isn't pinned/],
      "no version": [[" # v5.0.0", ""], /has no version beside it/],
      "a version without patch": [["# v5.0.0", "# v5"], /has no version beside it/],
      "two commits of one action": [
        ["./.github/actions/setup", `actions/checkout@${"c".repeat(40)} # v5.0.0`],
        /elsewhere it is pinned by/,
      ],
    },
    beside: {
      "an action beside the workflows": [
        ".github/actions/setup/action.yml",
        "runs:\n  using: composite\n  steps:\n    - uses: a/b@main\n",
        /action\.yml: a\/b@main isn't pinned/,
      ],
    },
  },
  "gives every job permissions, an end, and no token on the disk": {
    find: (root) => findUnguardedJobs(readWorkflows(root)),
    broken: {
      "permissions for all jobs": [
        ["permissions: {}", "permissions: { contents: read }"],
        /not \{\}/,
      ],
      "no permissions": [["    permissions: { contents: read }\n", ""], /test has no permissions/],
      "all permissions": [
        ["    permissions: { contents: read }", "    permissions: write-all"],
        /test has no perm/,
      ],
      "no end": [["    timeout-minutes: 5\n", ""], /test has no timeout-minutes/],
      "no concurrency": [["concurrency: { group: a }\n", ""], /has no concurrency/],
      "a token that stays": [
        ["        with: { persist-credentials: false }\n", ""],
        /a checkout without/,
      ],
    },
  },
  "runs on every version that it names": {
    find: (root) => findUntestedVersions(readWorkflows(root), VERSIONS),
    broken: {
      "not the oldest Node": [['"20.19"', '"20"'], /no matrix has Node 20\.19, the oldest/],
      "no Node 24": [[', "24"', ""], /no matrix has Node 24/],
      "no PostgreSQL 16": [["postgres: 16", "postgres: 19"], /no matrix has PostgreSQL 16/],
      "another PostgreSQL than it says": [
        ["0.8.6-pg17", "0.8.6-pg18"],
        /PostgreSQL 17 runs on .*pg18/,
      ],
      "a PostgreSQL without a digest": [[`pg15@${DIGEST}`, "pg15"], /isn't a digest of it/],
    },
  },
  "names checks, scripts and actions that are there": {
    find: (root) => findUnknownCommands(readWorkflows(root), { root, ...COMMANDS }),
    broken: {
      "no such check": [["--only=format,unit", "--only=format,units"], /there is no check units/],
      "no such npm script": [
        ["npm run check:platform", "npm run check:all"],
        /no npm script check:all/,
      ],
      "no such file": [["scripts/a.sh", "scripts/b.sh"], /there is no \.github\/scripts\/b\.sh/],
      "no such action": [["actions/setup\n", "actions/prepare\n"], /there is no action/],
    },
  },
  "builds every image": {
    find: (root) => findUnbuiltImages(readWorkflows(root), root),
    broken: {
      "no workflow that builds": [
        ["docker/build-push-action", "docker/bake-action"],
        /no workflow builds shop/,
      ],
    },
    beside: {
      "a Dockerfile that nobody builds": [
        "worker/Dockerfile",
        "",
        /images doesn't build worker\/Dockerfile/,
      ],
    },
  },
}

for (const [promise, { find, broken = {}, beside = {} }] of Object.entries(PROMISES)) {
  describe(promise, () => {
    it("in this repository", () => {
      assert.ok(readWorkflows(ROOT).length > 1)
      assert.deepEqual(find(ROOT), [])
    })

    it("in a workflow that is right", () => assert.deepEqual(find(tree(RIGHT)), []))

    for (const [fault, [[from, to], says]] of Object.entries(broken)) {
      it(`finds ${fault}`, () => {
        assert.ok(RIGHT.includes(from), `${from} isn't in the workflow that is right`)
        assert.match(find(tree(RIGHT.replace(from, to))).join("\n"), says)
      })
    }
    for (const [fault, [path, text, says]] of Object.entries(beside)) {
      it(`finds ${fault}`, () => {
        assert.match(find(tree(RIGHT, { [path]: text })).join("\n"), says)
      })
    }
  })
}

describe("the review of dependencies", () => {
  const review = parse(readFileSync(join(ROOT, ".github/dependency-review.yml"), "utf8"))

  for (const path of ["package-lock.json", "storefront/package-lock.json"]) {
    it(`permits what ${path} has`, () => {
      const { packages } = readJson(join(ROOT, path))
      assert.ok(Object.keys(packages).length > 100)
      assert.deepEqual(findRefusedLicences(packages, review), [])
    })
  }

  it("refuses a licence that isn't among the permitted, also beside one that is", () => {
    const packages = {
      "node_modules/a": { license: "GPL-3.0-only" },
      "node_modules/b": { license: "MIT AND GPL-3.0-only" },
      "node_modules/c": { license: "(GPL-3.0-only OR MIT)" },
      "node_modules/d": {},
    }
    assert.deepEqual(findRefusedLicences(packages, review), [
      "a: GPL-3.0-only",
      "b: MIT AND GPL-3.0-only",
    ])
  })
})
