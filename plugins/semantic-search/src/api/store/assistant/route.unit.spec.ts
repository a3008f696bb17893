import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import {
  getHttpResponseFromError,
  type MedusaResponse,
  type MedusaStoreRequest,
} from "@medusajs/framework/http"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { storeAssistantMiddlewares } from "./middlewares"
import { POST } from "./route"
import type { StoreAssistantBody } from "./validators"

const SCOPED_FIELDS = { status: { filterable: true }, sales_channel_ids: { filterable: true } }

interface Store {
  options?: Record<string, unknown>
  fields?: Record<string, unknown>
  channels?: string[]
  /** Titles that a search finds by its strategy. */
  finds?: Partial<Record<"all" | "any", string[]>>
}

interface SearchInput {
  filters: Record<string, unknown>
  pagination: Record<string, unknown>
  search_options: { match_strategy: "all" | "any" }
}

let server: Server
let searches: SearchInput[]

/** Serves the route as Medusa does: its middleware, then the handler, errors as JSON. */
async function open({
  options = {},
  fields = SCOPED_FIELDS,
  ...store
}: Store = {}): Promise<string> {
  searches = []
  const { channels = ["sc_web"], finds = { all: ["Moby-Dick"] } } = store
  const hit = (title: string, i: number) => ({ id: `prod_${i + 1}`, document: { title } })
  const services: Record<string, unknown> = {
    [ContainerRegistrationKeys.CONFIG_MODULE]: {
      plugins: [{ resolve: "medusa-plugin-semantic-search", options: { assistant: options } }],
      projectConfig: { http: { jwtSecret: "secret" } },
    },
    // No database: each process counts questions for itself.
    [ContainerRegistrationKeys.PG_CONNECTION]: {
      client: { acquireConnection: () => Promise.reject(new Error("none here")) },
    },
    [ContainerRegistrationKeys.LOGGER]: { warn: () => undefined },
    [ContainerRegistrationKeys.QUERY]: {
      graph: async ({ filters }: { filters: { id: string } }) => ({
        data: filters.id === "reg_eu" ? [{ currency_code: "eur" }] : [],
      }),
      search: async ([input]: SearchInput[]) => {
        searches.push(input)
        const titles = finds[input.search_options.match_strategy] ?? []
        return [{ search_result: { hits: titles.map(hit) } }]
      },
    },
    [Modules.SEARCH]: { getIndex: () => ({ entity: "product", name: "product", fields }) },
  }
  const scope = { resolve: (name: string) => services[name] }
  const [validate] = storeAssistantMiddlewares[0].middlewares!
  server = createServer(async (incoming, response) => {
    const request = Object.assign(incoming, {
      scope,
      body: await readJson(incoming),
      publishable_key_context: { key: "pk", sales_channel_ids: channels },
    }) as unknown as MedusaStoreRequest<StoreAssistantBody>
    try {
      await new Promise<void>((resolve, reject) => {
        const next = (error?: unknown) => (error ? reject(error as Error) : resolve())
        void validate(request, response as MedusaResponse, next)
      })
      await POST(request, response as MedusaResponse)
    } catch (error) {
      const { statusCode, body } = getHttpResponseFromError(error as Error)
      response.writeHead(statusCode).end(JSON.stringify(body))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(() => new Promise((resolve) => server.close(resolve)))

async function ask(url: string, body: unknown) {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) })
  const retryAfter = Number(response.headers.get("retry-after"))
  return { status: response.status, retryAfter, text: await response.text() }
}

const asking = (text: unknown, extra = {}) => ({
  id: "chat",
  trigger: "submit-message",
  messages: [{ id: "m1", role: "user", parts: [{ type: "text", text }] }],
  ...extra,
})

describe("POST /store/assistant", () => {
  it("shows only published products of the key's sales channels", async () => {
    const { status, text } = await ask(await open(), asking("a captain and a whale"))
    expect(status).toBe(200)
    expect(text).toContain("Moby-Dick [1]")
    expect(text.trimEnd()).toMatch(/data: \[DONE\]$/)
    expect(searches).toMatchObject([
      {
        filters: {
          q: "a captain and a whale",
          status: "published",
          sales_channel_ids: ["sc_web"],
        },
        pagination: { take: 5 },
      },
    ])
  })

  it("finds by any of the words what no product has all of", async () => {
    const url = await open({ finds: { any: ["Emma"] } })
    expect((await ask(url, asking("can you suggest an Austen"))).text).toContain("Emma [1]")
  })

  it.each<[string, unknown, RegExp]>([
    ["an empty question", asking("  "), /messages\.0\.parts/],
    ["a question of 10,000 characters", asking("x".repeat(10_000)), /messages\.0\.parts/],
    ["control characters", asking("a\u0000b"), /messages\.0\.parts/],
    ["a number for a text", asking(7), /messages, 0, parts, 0, text/],
    ["no messages", { messages: [] }, /messages/],
    ["no body", null, /./],
    ["an unknown field", asking("hi", { model: "big" }), /model/],
    ["a system message", { messages: [{ role: "system", parts: [] }] }, /messages, 0, role/],
    ["a wrong currency", asking("hi", { currency_code: "euro" }), /currency_code/],
    ["an unknown region", asking("hi", { region_id: "reg_no" }), /region_id/],
    ["what can't be a region's id", asking("hi", { region_id: "\0" }), /takes the id of a region/],
    ["31 messages", { messages: Array(31).fill(asking("hi").messages[0]) }, /messages/],
  ])("answers %s with a 400 that names the field", async (_, body, field) => {
    const { status, text } = await ask(await open(), body)
    expect(JSON.parse(text)).toMatchObject({
      type: "invalid_data",
      message: expect.stringMatching(field),
    })
    expect(status).toBe(400)
  })

  it("refuses an index that can't keep drafts from shoppers", async () => {
    const url = await open({ fields: { sales_channel_ids: { filterable: true } } })
    expect(await ask(url, asking("hi"))).toMatchObject({
      status: 400,
      text: expect.stringContaining("status"),
    })
    expect(searches).toEqual([])
  })

  it("refuses a key without a sales channel", async () => {
    expect(await ask(await open({ channels: [] }), asking("hi"))).toMatchObject({ status: 400 })
  })

  it("answers one question too many with a 429 that says when to ask again", async () => {
    const url = await open({ options: { rate_limit: { questions: 1, seconds: 60 } } })
    // What isn't answered doesn't count.
    expect(await ask(url, asking("  "))).toMatchObject({ status: 400 })
    expect(await ask(url, asking("hi"))).toMatchObject({ status: 200 })
    const { status, retryAfter, text } = await ask(url, asking("hi"))
    expect(status).toBe(429)
    expect(retryAfter).toBeGreaterThan(0)
    expect(JSON.parse(text)).toMatchObject({
      type: "not_allowed",
      message: expect.stringMatching(`Ask again in ${retryAfter} seconds.*"assistant.rate_limit"`),
    })
    expect(searches).toHaveLength(1)
  })

  it("answers as many as are asked where the limit is switched off", async () => {
    const url = await open({ options: { rate_limit: false } })
    for (let i = 0; i < 30; i++) {
      expect(await ask(url, asking("hi"))).toMatchObject({ status: 200 })
    }
  })

  it("isn't there when it is switched off", async () => {
    expect(await ask(await open({ options: { enabled: false } }), asking("hi"))).toMatchObject({
      status: 404,
    })
  })
})

async function readJson(incoming: AsyncIterable<Buffer>): Promise<unknown> {
  let text = ""
  for await (const piece of incoming) {
    text += piece.toString()
  }
  return JSON.parse(text)
}
