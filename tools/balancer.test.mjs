import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:http"
import { after, before, describe, it } from "node:test"
import { startBalancer } from "./lib/balancer.mjs"
import { findFreePort } from "./lib/network.mjs"

/** A server that says its name, and streams in two pieces where it is asked to. */
async function startServer(name) {
  const server = createServer(async (request, response) => {
    if (request.url !== "/stream") return response.end(name)
    response.write("first")
    await once(server, "go-on")
    response.end("second")
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}

describe("startBalancer", () => {
  let one
  let other
  let balancer
  let url
  before(async () => {
    ;[one, other] = [await startServer("one"), await startServer("other")]
    const port = await findFreePort()
    url = `http://localhost:${port}`
    balancer = await startBalancer({ port, targets: [one.url, other.url] })
  })
  after(async () => {
    await balancer.close()
    for (const { server } of [one, other]) server.close()
  })

  const ask = async (method = "GET") => {
    const response = await fetch(url, { method })
    return { status: response.status, text: await response.text() }
  }

  it("asks each in its turn", async () => {
    const answers = [await ask(), await ask(), await ask(), await ask()].map(({ text }) => text)
    assert.deepEqual(answers.sort(), ["one", "one", "other", "other"])
  })

  it("lets a stream through as it comes", async () => {
    const { body } = await fetch(`${url}/stream`)
    const pieces = []
    for await (const piece of body) {
      pieces.push(Buffer.from(piece).toString())
      for (const { server } of [one, other]) server.emit("go-on")
    }
    assert.deepEqual(pieces, ["first", "second"])
  })

  it("breaks an answer off whose server is gone, and asks the other one from then on", async () => {
    const { body } = await fetch(`${url}/stream`)
    const reader = body.getReader()
    await reader.read()
    for (const { server } of [one, other]) server.closeAllConnections()
    await assert.rejects(reader.read())
    const answers = [await ask("POST"), await ask("POST")].map(({ text }) => text)
    assert.equal(new Set(answers).size, 1, "it was asked again at once")
  })

  it("passes over a server that is gone, and repeats only what reads", async () => {
    other.server.close()
    other.server.closeAllConnections()
    const reads = [await ask(), await ask(), await ask()]
    assert.deepEqual(
      reads.map(({ status, text }) => [status, text]),
      Array(3).fill([200, "one"])
    )
    one.server.close()
    one.server.closeAllConnections()
    assert.equal((await ask("POST")).status, 502)
    assert.equal((await ask()).status, 502)
  })
})
