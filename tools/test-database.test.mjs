import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { withDatabase } from "./lib/database.mjs"
import { startPostgres } from "./lib/embedded-postgres.mjs"
import { findFreePort } from "./lib/network.mjs"
import { STATE } from "./lib/paths.mjs"
import { Supervisor } from "./lib/process.mjs"
import { checkTestDatabase, readTestDatabase } from "./lib/test-database.mjs"

const read = (address) => readTestDatabase({ TEST_DATABASE_URL: address })

describe("readTestDatabase", () => {
  it("leaves the tests their own PostgreSQL unless another is named", () => {
    assert.equal(readTestDatabase({ DATABASE_URL: "postgres://a@localhost/shop" }), undefined)
    assert.equal(read(""), undefined)
  })

  it("takes an address apart", () => {
    const { url, ...rest } = read(
      "postgresql://li%40bro:p%2Fw@db.test:5433/postgres?sslmode=require"
    )
    assert.deepEqual(rest, { host: "db.test", port: 5433, user: "li@bro", password: "p/w" })
    assert.equal(url("a"), "postgresql://li%40bro:p%2Fw@db.test:5433/a?sslmode=require")
    assert.equal(read("postgres://libro@localhost").port, 5432)
  })

  for (const address of [
    "localhost:5432",
    "mysql://a@localhost/b",
    "postgres://localhost/a",
    "postgres://a@",
  ]) {
    it(`refuses "${address}"`, () => {
      assert.throws(() => read(address), {
        name: "ToolError",
        message: /^TEST_DATABASE_URL must be/,
      })
    })
  }
})

describe("checkTestDatabase", () => {
  let logDirectory
  let supervisor
  let postgres
  before(async () => {
    logDirectory = mkdtempSync(join(tmpdir(), "libro-tools-"))
    supervisor = new Supervisor({ logDirectory })
    postgres = await startPostgres({
      home: join(STATE, "postgres"),
      name: `given-${process.pid}`,
      durable: false,
      supervisor,
      report: { detail() {} },
    })
  })
  after(async () => {
    await postgres?.destroy()
    await supervisor.stopAll()
    rmSync(logDirectory, { recursive: true })
  })

  it("says which PostgreSQL it is", async () => {
    const server = read(postgres.url("postgres"))
    assert.match(await checkTestDatabase(server), /^PostgreSQL 18\.\d+, pgvector 0\.8\.\d+$/)
  })

  it("refuses a role that can't make extensions, before a test fails by it", async () => {
    await withDatabase(postgres.url("postgres"), (query) =>
      query("create role reader login password 'secret'")
    )
    const server = read(`postgres://reader:secret@localhost:${postgres.port}/postgres`)
    await assert.rejects(checkTestDatabase(server), { message: /must name a superuser/ })
  })

  it("names the variable where nobody answers", async () => {
    const server = read(`postgres://a@localhost:${await findFreePort()}/postgres`)
    await assert.rejects(checkTestDatabase(server), {
      message: /^No PostgreSQL at TEST_DATABASE_URL/,
    })
  })
})
