import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { after, afterEach, before, beforeEach, describe, it } from "node:test"
import { ROOT } from "./lib/paths.mjs"

/** What the workflows' scripts do, with stand-ins for the programs that need a registry or a cluster. */

const SCRIPTS = join(ROOT, ".github/scripts")
const DIGEST = `sha256:${"d".repeat(64)}`

let folder
let programs
let calls
let reports
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "libro-scripts-"))
  programs = join(folder, "bin")
  calls = join(folder, "calls")
  mkdirSync(programs)
  writeFileSync(calls, "")
  reports = () => readFileSync(calls, "utf8").trim().split("\n")
})

/** Puts a program in the place of the real one; it notes how it was called. */
function standIn(name, body) {
  const file = join(programs, name)
  writeFileSync(file, `#!/bin/bash\necho "${name} $*" >> "$CALLS"\n${body}\n`)
  chmodSync(file, 0o755)
}

/** Runs a script, and answers with its exit code and what it said. */
async function run(name, args, { env = {}, from = SCRIPTS } = {}) {
  const PATH = [programs, process.env.PATH].join(delimiter)
  const child = spawn(join(from, name), args, {
    cwd: folder,
    env: { ...process.env, PATH, CALLS: calls, ...env },
  })
  const said = { stdout: "", stderr: "" }
  for (const stream of Object.keys(said)) child[stream].on("data", (text) => (said[stream] += text))
  const [code] = await once(child, "close")
  return { code, ...said }
}

afterEach(() => rmSync(folder, { recursive: true }))

describe("base-images.sh", () => {
  it("gives each base image of a Dockerfile its digest, as build arguments", async () => {
    standIn("docker", `echo ${DIGEST}`)
    const { code, stdout } = await run("base-images.sh", [join(ROOT, "models/Dockerfile")])
    assert.equal(code, 0)
    assert.match(stdout, new RegExp(`^arguments<<END\nNODE_IMAGE=node:[\\w.-]+@${DIGEST}\n`))
    assert.match(stdout, new RegExp(`\nSHELL_IMAGE=busybox:[\\w.-]+@${DIGEST}\nEND\n$`))
  })

  it("says nothing where the registry names no digest", async () => {
    standIn("docker", "echo '<no value>'")
    const { code, stdout, stderr } = await run("base-images.sh", [join(ROOT, "models/Dockerfile")])
    assert.deepEqual([code, stdout], [1, ""])
    assert.match(stderr, /no digest of node:/)
  })
})

describe("verify-images.sh", () => {
  const env = { REPO: "Libro-Mind/shop" }
  const version = `sha-${"1".repeat(40)}`

  it("answers with the digests of images that the repository's own workflow signed", async () => {
    standIn("docker", `echo ${DIGEST}`)
    standIn("cosign", "exit 0")
    standIn("gh", "exit 0")
    const { code, stdout } = await run("verify-images.sh", [version], { env })
    assert.equal(code, 0)
    assert.deepEqual(stdout.trim().split("\n"), [
      "registry=ghcr.io/libro-mind",
      `backend=${DIGEST}`,
      `storefront=${DIGEST}`,
      `models=${DIGEST}`,
    ])
    const signed = reports().filter((call) => call.startsWith("cosign"))
    assert.equal(signed.length, 3)
    const [, pattern] = /--certificate-identity-regexp (\S+)/.exec(signed[0])
    const identity = new RegExp(pattern)
    const own = "https://github.com/Libro-Mind/shop/.github/workflows/images.yml@refs"
    assert.match(`${own}/heads/main`, identity)
    assert.match(`${own}/tags/v1.2.3`, identity)
    for (const other of [
      `${own}/heads/main-2`,
      `${own}/pull/1/merge`,
      "https://github.com/other/shop/.github/workflows/images.yml@refs/heads/main",
      "https://github.com/Libro-Mind/shop/.github/workflows/ci.yml@refs/heads/main",
    ]) {
      assert.doesNotMatch(other, identity)
    }
  })

  for (const program of ["cosign", "gh"]) {
    it(`says nothing where ${program} refuses one`, async () => {
      standIn("docker", `echo ${DIGEST}`)
      standIn("cosign", "exit 0")
      standIn("gh", "exit 0")
      standIn(program, `case "$*" in *models*) exit 1 ;; esac`)
      const { code, stdout } = await run("verify-images.sh", [version], { env })
      assert.deepEqual([code, stdout], [1, ""])
    })
  }

  for (const tag of ["latest", "main", "sha-abc", "1.2", "1.2.3; id"]) {
    it(`refuses the tag "${tag}"`, async () => {
      standIn("docker", `echo ${DIGEST}`)
      const { code, stderr } = await run("verify-images.sh", [tag], { env })
      assert.equal(code, 1)
      assert.match(stderr, /a version is/)
      assert.equal(readFileSync(calls, "utf8"), "")
    })
  }
})

describe("deploy.sh", () => {
  const env = {
    REGISTRY: "ghcr.io/libro-mind",
    BACKEND_DIGEST: DIGEST,
    STOREFRONT_DIGEST: DIGEST,
    MODELS_DIGEST: DIGEST,
    HELM_VALUES: "global: { hosts: { shop: shop.test } }",
  }
  // In a tree of its own, as it puts the charts together anew.
  const from = () => join(folder, ".github/scripts")
  beforeEach(() => {
    cpSync(SCRIPTS, from(), { recursive: true })
    cpSync(join(ROOT, "helm"), join(folder, "helm"), { recursive: true })
  })
  // It keeps the last file of values, which the script deletes.
  const keepValues = `for arg; do case $arg in */tmp.*) cp "$arg" "$CALLS.values" ;; esac; done`
  const upgrade = () => reports().find((call) => call.startsWith("helm upgrade"))

  it("upgrades by digest, goes back where it fails, and has the repository's values go first", async () => {
    standIn("helm", keepValues)
    const { code, stderr } = await run("deploy.sh", ["staging"], { from: from(), env })
    assert.equal(code, 0, stderr)
    assert.match(upgrade(), /--install --atomic --timeout 75m/)
    assert.match(upgrade(), /values-staging\.yaml --values \S+\/tmp\./)
    for (const image of ["backend", "storefront", "models"]) {
      assert.ok(upgrade().includes(`global.images.${image}.digest=${DIGEST}`))
      assert.ok(upgrade().includes(`global.images.${image}.repository=ghcr.io/libro-mind/${image}`))
    }
    assert.equal(readFileSync(`${calls}.values`, "utf8"), `${env.HELM_VALUES}\n`)
  })

  it("fails where Helm does", async () => {
    standIn("helm", "[ $1 != upgrade ]")
    assert.equal((await run("deploy.sh", ["production"], { from: from(), env })).code, 1)
  })

  for (const [fault, args, other, says] of [
    ["another environment", ["dev"], {}, /staging or production, not "dev"/],
    ["a tag for a digest", ["staging"], { BACKEND_DIGEST: "1.2.3" }, /BACKEND_DIGEST is sha256:/],
    ["a digest that is missing", ["staging"], { MODELS_DIGEST: "" }, /MODELS_DIGEST is sha256:/],
    ["no registry", ["staging"], { REGISTRY: "" }, /REGISTRY/],
  ]) {
    it(`refuses ${fault}`, async () => {
      standIn("helm", "exit 0")
      const { code, stderr } = await run("deploy.sh", args, {
        from: from(),
        env: { ...env, ...other },
      })
      assert.equal(code, 1)
      assert.match(stderr, says)
      assert.equal(readFileSync(calls, "utf8"), "")
    })
  }
})

describe("release-state.sh", () => {
  const publish = async (npm, changesets = []) => {
    standIn("npm", npm)
    mkdirSync(join(folder, ".changeset"))
    mkdirSync(join(folder, "plugin"))
    for (const name of ["README.md", ...changesets]) {
      writeFileSync(join(folder, ".changeset", name), "")
    }
    writeFileSync(join(folder, "plugin/package.json"), '{"name":"a","version":"1.0.0"}')
    const { code, stdout } = await run("release-state.sh", ["plugin"])
    return code === 0 ? stdout.trim() : `exit ${code}`
  }

  it("waits while there are changesets", async () => {
    assert.equal(await publish("exit 0", ["brave-cats.md"]), "publish=false")
  })
  it("publishes a version that npm hasn't", async () => {
    assert.equal(await publish("exit 0"), "publish=true")
    assert.match(reports()[0], /^npm view a@1\.0\.0 /)
  })
  it("publishes the first version of a package", async () => {
    assert.equal(await publish('echo "npm error code E404"; exit 1'), "publish=true")
  })
  it("leaves a version that npm has", async () => {
    assert.equal(await publish("echo '\"1.0.0\"'"), "publish=false")
  })
  it("fails where npm can't be asked, rather than publish again", async () => {
    assert.equal(await publish('echo "npm error code ENOTFOUND"; exit 1'), "exit 1")
  })
})

describe("smoke-test.sh", () => {
  let server
  let origin
  let answers
  before(async () => {
    server = createServer((request, response) => {
      response.statusCode = answers.shift() ?? 503
      response.end()
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    origin = `http://127.0.0.1:${server.address().port}`
  })
  after(() => server.close())
  const env = { TRIES: "2", PAUSE: "0" }

  it("waits for a shop that gets ready", async () => {
    answers = [503, 200, 200]
    const urls = [`${origin}/ready`, `${origin}/api/health`]
    assert.equal((await run("smoke-test.sh", urls, { env })).code, 0)
  })
  it("gives up on one that doesn't", async () => {
    answers = []
    assert.notEqual((await run("smoke-test.sh", [`${origin}/ready`], { env })).code, 0)
  })
  it("names the variables that a fork forgot", async () => {
    const { code, stderr } = await run("smoke-test.sh", ["/ready"], { env })
    assert.equal(code, 1)
    assert.match(stderr, /are API_URL and SHOP_URL set\?/)
  })
})

describe("rollback-hint.sh", () => {
  it("shows the revisions and the command, also where the cluster is away", async () => {
    standIn("helm", "echo REVISION 7")
    const there = await run("rollback-hint.sh", [])
    assert.match(there.stdout, /REVISION 7[\s\S]*helm rollback libro-mind REVISION/)
    standIn("helm", "echo unreachable; exit 1")
    const away = await run("rollback-hint.sh", [])
    assert.equal(away.code, 0)
    assert.match(away.stdout, /unreachable/)
  })
})
