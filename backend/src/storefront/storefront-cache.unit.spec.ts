import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { readStorefrontTarget, StorefrontCache } from "./storefront-cache"

let server: Server
let asked: { path?: string; authorization?: string; tags: string[] }[]
/** Statuses that the shop answers with, the last one from then on. */
let answers: number[]

beforeEach(async () => {
  asked = []
  answers = [200]
  server = createServer(async (request, response) => {
    let body = ""
    for await (const piece of request) {
      body += piece
    }
    const { tags } = JSON.parse(body)
    asked.push({ path: request.url, authorization: request.headers.authorization, tags })
    const status = answers.length > 1 ? answers.shift()! : answers[0]
    response.writeHead(status).end(JSON.stringify({ message: "not now" }))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

function open() {
  const warnings: string[] = []
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const cache = new StorefrontCache({ url, secret: "s3cret" }, (text) => warnings.push(text))
  return { cache, warnings }
}

describe("what the storefront is told to forget", () => {
  it("goes in one request, each tag once, with the secret", async () => {
    const { cache } = open()
    cache.forget(["product:1"])
    cache.forget(["product:1", "regions"])
    await cache.settled()
    expect(asked).toEqual([
      {
        path: "/api/revalidate",
        authorization: "Bearer s3cret",
        tags: ["product:1", "regions"],
      },
    ])
  })

  it("is told again until the storefront has taken it, and warned of once", async () => {
    answers = [503, 503, 200]
    const { cache, warnings } = open()
    cache.forget(["product:1"])
    await cache.settled()
    expect(asked.map(({ tags }) => tags)).toEqual(Array(3).fill(["product:1"]))
    expect(warnings).toEqual([expect.stringContaining("not now")])
  })

  it("is all products where many have changed", async () => {
    const { cache } = open()
    cache.forget(["categories", ...Array.from({ length: 600 }, (_, i) => `product:${i}`)])
    await cache.settled()
    expect(asked.map(({ tags }) => tags)).toEqual([["categories", "products"]])
  })
})

describe("readStorefrontTarget", () => {
  it("takes both, or no address", () => {
    expect(readStorefrontTarget({ REVALIDATE_SECRET: "s" })).toBeUndefined()
    expect(
      readStorefrontTarget({ STOREFRONT_URL: "http://shop:8000/", REVALIDATE_SECRET: "s" })
    ).toEqual({ url: "http://shop:8000", secret: "s" })
    expect(() => readStorefrontTarget({ STOREFRONT_URL: "http://shop" })).toThrow(
      "not REVALIDATE_SECRET"
    )
    expect(() => readStorefrontTarget({ STOREFRONT_URL: "shop", REVALIDATE_SECRET: "s" })).toThrow(
      'STOREFRONT_URL is "shop"'
    )
  })
})
