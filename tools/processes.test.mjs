import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, afterEach, before, describe, it } from "node:test"
import { takeLock } from "./lib/lock.mjs"
import { assertPortFree, findFreePort, isPortFree, waitFor } from "./lib/network.mjs"
import { processStart } from "./lib/process-table.mjs"
import { Supervisor } from "./lib/process.mjs"

const TEN_MINUTES = "600"
const LIMIT_MS = 5_000

let folder
let supervisor

before(() => {
  folder = mkdtempSync(join(tmpdir(), "libro-tools-"))
})
after(() => rmSync(folder, { recursive: true }))
afterEach(() => supervisor?.stopAll())

const newSupervisor = (onChange) =>
  (supervisor = new Supervisor({ logDirectory: folder, onChange }))

/** The pid that a process writes to a file when it's ready. */
const readPid = (file) =>
  waitFor(
    async () => {
      try {
        return Number(readFileSync(file, "utf8"))
      } catch {
        return undefined
      }
    },
    { what: "the child", limitMs: LIMIT_MS }
  )

/** A shell that has a child of its own, and writes that child's pid to a file. */
async function startFamily(pidFile) {
  const script = `sleep ${TEN_MINUTES} & echo $! > ${pidFile}; wait`
  const service = supervisor.start("family", "/bin/sh", ["-c", script])
  const child = await readPid(pidFile)
  return { service, child }
}

describe("Supervisor", () => {
  it("stops a service together with the processes that it started", async () => {
    newSupervisor()
    const { service, child } = await startFamily(join(folder, "family.pid"))
    assert.notEqual(processStart(child), undefined)
    await supervisor.stopAll()
    assert.equal(processStart(service.pid), undefined)
    assert.equal(processStart(child), undefined)
  })

  it("stops a process that a service put into a group of its own", async () => {
    newSupervisor()
    const pidFile = join(folder, "runaway.pid")
    const script = `
      const { spawn } = require("node:child_process")
      const child = spawn("sleep", ["${TEN_MINUTES}"], { detached: true, stdio: "ignore" })
      require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))`
    supervisor.start("parent", process.execPath, ["-e", script])
    const child = await readPid(pidFile)
    await supervisor.stopAll()
    assert.equal(processStart(child), undefined)
  })

  it("stops what a service that died left running", async () => {
    newSupervisor()
    const { service, child } = await startFamily(join(folder, "orphan.pid"))
    process.kill(service.pid, "SIGKILL")
    const error = await service.exited
    assert.match(error.message, /^family stopped by itself with SIGKILL/)
    await supervisor.stopAll()
    assert.equal(processStart(child), undefined)
  })

  it("cuts a running command short when it is interrupted", async () => {
    newSupervisor()
    const run = supervisor.run("sleeper", "sleep", [TEN_MINUTES])
    supervisor.interrupt()
    await assert.rejects(run, { name: "Interrupted" })
    assert.throws(() => supervisor.start("late", "sleep", ["1"]), { name: "Interrupted" })
  })

  it("shows the last lines of a command that failed, and keeps them in its log", async () => {
    newSupervisor()
    await assert.rejects(
      supervisor.run("broken", "/bin/sh", ["-c", "echo the cause >&2; exit 3"]),
      {
        name: "ToolError",
        message: /^broken ended with exit code 3/,
        output: ["the cause"],
      }
    )
    assert.match(readFileSync(join(folder, "broken.log"), "utf8"), /the cause/)
  })

  it("names a program that isn't installed", async () => {
    newSupervisor()
    await assert.rejects(supervisor.run("tool", "no-such-program", []), {
      message: "`no-such-program` was not found on this machine, and tool needs it.",
    })
  })
})

describe("takeLock", () => {
  it("refuses a second owner, and serves the next once it is released", async () => {
    const file = join(folder, "held.json")
    const lock = await takeLock(file, { what: "A demo" })
    await assert.rejects(takeLock(file, { what: "A demo" }), {
      message: new RegExp(`^A demo already runs in this folder \\(process ${process.pid}\\)`),
    })
    lock.release()
    const next = await takeLock(file, { what: "A demo" })
    next.release()
  })

  it("stops what an owner that was killed had started", async () => {
    newSupervisor()
    const { service, child } = await startFamily(join(folder, "left.pid"))
    const file = join(folder, "left.json")
    const dead = execFile(process.execPath, ["--version"])
    await new Promise((resolve) => dead.on("exit", resolve))
    const running = [
      { name: "family", pid: service.pid, start: processStart(service.pid), signal: "SIGTERM" },
    ]
    writeFileSync(file, JSON.stringify({ pid: dead.pid, start: "1", running }))
    const lock = await takeLock(file, { what: "A demo" })
    assert.equal(processStart(child), undefined)
    lock.release()
  })
})

describe("ports", () => {
  it("are seen as used, whichever local address a server has taken", async () => {
    for (const host of ["127.0.0.1", "0.0.0.0"]) {
      const server = createServer()
      await new Promise((resolve) => server.listen(0, host, resolve))
      const { port } = server.address()
      assert.equal(await isPortFree(port), false)
      await assert.rejects(assertPortFree(port, { what: "the shop", flag: "--shop-port" }), {
        message: `Port ${port}, for the shop, is in use by another program: stop that program, or choose a free port with --shop-port.`,
      })
      assert.notEqual(await findFreePort(port), port)
      await new Promise((resolve) => server.close(resolve))
      assert.equal(await isPortFree(port), true)
    }
  })
})

describe("waitFor", () => {
  it("ends at once with the error of a service that is gone", async () => {
    const gone = new Error("gone")
    await assert.rejects(
      waitFor(async () => false, {
        what: "it",
        limitMs: LIMIT_MS,
        failed: Promise.resolve(gone),
      }),
      gone
    )
  })
})
