import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { appendPeers } from "./append-peer"

let server: Server
let stop: () => void

beforeEach(async () => {
  stop = appendPeers()
  server = createServer((request, response) => {
    response.end(request.headers["x-forwarded-for"])
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})
afterEach(async () => {
  stop()
  await new Promise((resolve) => server.close(resolve))
})

async function forwarded(headers: Record<string, string> = {}): Promise<string> {
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}`, {
    headers: { ...headers, connection: "close" },
  })
  return response.text()
}

describe("whom the backend is told of", () => {
  it("is who is connected", async () => {
    expect(await forwarded()).toBe("127.0.0.1")
  })

  it("is who is connected, after whatever they claim to be", async () => {
    expect(await forwarded({ "x-forwarded-for": "203.0.113.9" })).toBe("203.0.113.9, 127.0.0.1")
  })
})
