import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { fetchFile, isPinnedFile } from "./lib/download.mjs"
import { ensureModel, MODEL_NAME } from "./lib/models.mjs"
import { withOutput } from "./lib/onnx.mjs"
import { openSecrets } from "./lib/secrets.mjs"
import { hashContents } from "./lib/stamps.mjs"

const CONTENTS = "the weights"
const PIN = {
  size: CONTENTS.length,
  sha256: createHash("sha256").update(CONTENTS).digest("hex"),
}
const QUIET = { detail() {}, count() {} }

let folder
let server
let hub

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "libro-tools-"))
  const answers = {
    "/good": (response) => response.end(CONTENTS),
    "/other": (response) => response.end("the wejghts"),
    "/short": (response) => {
      response.writeHead(200, { "content-length": CONTENTS.length })
      response.write("the")
      response.destroy()
    },
    "/long": (response) => response.end(`${CONTENTS} and more`),
    "/silent": () => {},
  }
  server = createServer(({ url }, response) => {
    if (answers[url]) answers[url](response)
    else response.writeHead(404).end()
  })
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  hub = `http://127.0.0.1:${server.address().port}`
})

after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

describe("fetchFile", () => {
  it("keeps a file that is the pinned one", async () => {
    const target = join(folder, "good")
    let last
    await fetchFile(`${hub}/good`, target, { ...PIN, onProgress: (bytes) => (last = bytes) })
    assert.equal(readFileSync(target, "utf8"), CONTENTS)
    assert.equal(last, CONTENTS.length)
  })

  for (const [path, message] of Object.entries({
    other: /sha256 is not the pinned one/,
    short: /terminated|cut off|other side closed/,
    long: /has 20 bytes instead of 11/,
    missing: /answered 404/,
  })) {
    it(`leaves nothing behind when the file is ${path}`, async () => {
      const target = join(folder, path)
      await assert.rejects(fetchFile(`${hub}/${path}`, target, PIN), { name: "ToolError", message })
      assert.equal(existsSync(target), false)
      assert.equal(existsSync(`${target}.part`), false)
    })
  }

  it("gives up on a server that doesn't answer", async () => {
    await assert.rejects(
      fetchFile(`${hub}/silent`, join(folder, "silent"), { ...PIN, connectMs: 50 }),
      { message: "it did not answer in time" }
    )
  })

  it("keeps the file that was there when the new one is wrong", async () => {
    const target = join(folder, "kept")
    writeFileSync(target, CONTENTS)
    await assert.rejects(fetchFile(`${hub}/other`, target, PIN))
    assert.equal(await isPinnedFile(target, PIN), true)
  })
})

describe("isPinnedFile", () => {
  it("sees a file of the same size with another byte", async () => {
    const file = join(folder, "tampered")
    writeFileSync(file, "the wejghts")
    assert.equal(await isPinnedFile(file, PIN), false)
  })
})

describe("ensureModel", () => {
  it("names a corrupt file in a folder of the user's own, and doesn't touch it", async () => {
    const configured = join(folder, "configured")
    const file = join(configured, MODEL_NAME, "tokenizer.json")
    mkdirSync(join(file, ".."), { recursive: true })
    writeFileSync(file, "{}")
    await assert.rejects(
      ensureModel({ configured, directory: join(folder, "unused"), hub, report: QUIET }),
      { name: "ToolError", message: /tokenizer\.json is corrupt .* delete it, or unset/ }
    )
    assert.equal(readFileSync(file, "utf8"), "{}")
  })
})

describe("hashContents", () => {
  const source = () => join(folder, "source")
  before(() => {
    mkdirSync(join(source(), "node_modules"), { recursive: true })
    writeFileSync(join(source(), "a.ts"), "1")
    writeFileSync(join(source(), "b.ts"), "2")
  })

  it("changes with a file's contents and with its name", () => {
    const first = hashContents([source()])
    writeFileSync(join(source(), "a.ts"), "changed")
    const second = hashContents([source()])
    writeFileSync(join(source(), "a.ts"), "1")
    assert.notEqual(first, second)
    assert.equal(hashContents([source()]), first)
    assert.notEqual(hashContents([join(source(), "a.ts")]), hashContents([join(source(), "b.ts")]))
  })

  it("looks past results and paths that don't exist", () => {
    const first = hashContents([source()])
    writeFileSync(join(source(), "node_modules", "c.js"), "3")
    assert.equal(hashContents([source(), join(source(), "none")]), first)
  })
})

describe("openSecrets", () => {
  const nobody = async () => false

  it("keeps a store's password over restarts and forgets it on reset", async () => {
    const home = join(folder, "home")
    const first = await openSecrets(home).adminOf("store", nobody)
    const second = await openSecrets(home).adminOf("store", async () => true)
    assert.deepEqual(second, { ...first, exists: true })
    openSecrets(home).forget("store")
    const third = await openSecrets(home).adminOf("store", nobody)
    assert.notEqual(third.password, first.password)
  })

  it("takes another address where someone else's account has the usual one", async () => {
    const admin = await openSecrets(join(folder, "lost")).adminOf("store", async () => true)
    assert.match(admin.email, /^admin-[0-9a-f]+@/)
    assert.equal(admin.exists, false)
  })
})

describe("withOutput", () => {
  it("appends a node and an output, and leaves the model as it is", () => {
    const model = Buffer.from("a model")
    const extended = withOutput(model, { from: "hidden", to: "named" })
    assert.deepEqual(extended.subarray(0, model.length), model)
    assert.equal(
      extended.subarray(model.length).toString("latin1"),
      // graph { node { input, output, op_type } output { name, type { tensor_type { elem_type } } } }
      "\x3a\x2a\x0a\x19\x0a\x06hidden\x12\x05named\x22\x08Identity\x62\x0d\x0a\x05named\x12\x04\x0a\x02\x08\x01"
    )
  })
})
