import assert from "node:assert/strict"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { startPostgres } from "./lib/embedded-postgres.mjs"
import { isPortFree } from "./lib/network.mjs"
import { STATE } from "./lib/paths.mjs"
import { processStart } from "./lib/process-table.mjs"
import { Supervisor } from "./lib/process.mjs"

describe("startPostgres", () => {
  let logDirectory
  let supervisor

  const start = (options) =>
    startPostgres({
      home: join(STATE, "postgres"),
      name: `tools-test-${process.pid}`,
      durable: false,
      supervisor,
      report: { detail() {} },
      ...options,
    })

  before(() => {
    logDirectory = mkdtempSync(join(tmpdir(), "libro-tools-"))
    supervisor = new Supervisor({ logDirectory })
  })
  after(async () => {
    await supervisor.stopAll()
    rmSync(logDirectory, { recursive: true })
  })

  it("creates a server, finds its data again after it was killed, and leaves nothing in the end", async () => {
    const first = await start()
    assert.equal(first.created, true)
    process.kill(first.pid, "SIGKILL")
    await first.exited

    const second = await start()
    assert.equal(second.created, false)
    assert.equal(second.password, first.password)
    await second.destroy()
    assert.equal(await isPortFree(second.port), true)
    assert.equal(existsSync(second.data), false)
  })

  it("stops a server that an earlier run, killed outright, left running", async () => {
    const first = await start()
    // A second start of the same data is what the next run does.
    const second = await start()
    assert.equal(processStart(first.pid), undefined)
    assert.equal(second.created, false)
    await second.destroy()
  })
})
