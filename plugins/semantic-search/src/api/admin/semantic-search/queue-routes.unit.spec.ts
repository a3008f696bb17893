import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import { SEMANTIC_SEARCH_MODULE } from "../../../modules/semantic-search"
import { POST as discard } from "./discard/route"
import { adminQueueMiddlewares } from "./middlewares"
import { GET as list } from "./queue/route"
import { POST as replay } from "./replay/route"

const ID = "0123456789abcdef0123456789abcdef"

type Handler = (
  request: AuthenticatedMedusaRequest<never, never>,
  response: MedusaResponse
) => Promise<void>

const HANDLERS: Record<string, Handler> = { queue: list, replay, discard }

/** What the module was asked. */
let calls: unknown[][]

const service = {
  listQueue: async (page: unknown) => {
    calls.push(["list", page])
    return { texts: [{ id: ID }], count: 21 }
  },
  replayFailed: async (ids?: string[]) => {
    calls.push(["replay", ids])
    return ids?.length ?? 7
  },
  discardFailed: async (ids: string[]) => {
    calls.push(["discard", ids])
    return ids.length
  },
}

/** Goes the way of a request: the route's middleware, then its handler. */
async function send(
  route: keyof typeof HANDLERS,
  { query = {}, body }: { query?: Record<string, string>; body?: unknown } = {}
): Promise<unknown> {
  const { middlewares } = adminQueueMiddlewares.find(({ matcher }) =>
    String(matcher).endsWith(`/${route}`)
  )!
  const scope = {
    resolve: (name: string) => ({ [SEMANTIC_SEARCH_MODULE]: service })[name],
  }
  const request = { scope, query, body, allowed: [] } as unknown as AuthenticatedMedusaRequest<
    never,
    never
  >
  let answer: unknown
  const response = { json: (given: unknown) => (answer = given) } as unknown as MedusaResponse
  await new Promise<void>((resolve, reject) => {
    const next = (error?: unknown) => (error ? reject(error as Error) : resolve())
    void middlewares![0](request as never, response, next)
  })
  await HANDLERS[route](request, response)
  return answer
}

beforeEach(() => (calls = []))

describe("GET /admin/semantic-search/queue", () => {
  it("lists what was set aside, twenty a page, unless it is asked for something else", async () => {
    expect(await send("queue")).toEqual({ texts: [{ id: ID }], count: 21, limit: 20, offset: 0 })
    await send("queue", { query: { state: "waiting", limit: "5", offset: "10" } })
    expect(calls).toEqual([
      ["list", { state: "failed", limit: 20, offset: 0 }],
      ["list", { state: "waiting", limit: 5, offset: 10 }],
    ])
  })

  it.each([
    [{ state: "lost" }, /waiting, failed, discarded.+'state'/],
    [{ limit: "0" }, /'limit' too small/],
    [{ limit: "101" }, /'limit' too big/],
    [{ offset: "-1" }, /'offset' too small/],
    [{ offset: "x" }, /offset/],
    [{ page: "2" }, /page/],
  ])("refuses %j by name", async (query, message) => {
    await expect(send("queue", { query: query as never })).rejects.toMatchObject({
      type: MedusaError.Types.INVALID_DATA,
      message: expect.stringMatching(message),
    })
    expect(calls).toEqual([])
  })
})

describe("POST /admin/semantic-search/replay", () => {
  it.each([[undefined], [{}]])("replays all for %j", async (body) => {
    expect(await send("replay", { body })).toEqual({ replayed: 7 })
    expect(calls).toEqual([["replay", undefined]])
  })

  it("replays those that are named", async () => {
    expect(await send("replay", { body: { ids: [ID] } })).toEqual({ replayed: 1 })
    expect(calls).toEqual([["replay", [ID]]])
  })

  it.each([[{ ids: [] }], [{ ids: ["one"] }], [{ ids: ID }], [{ id: ID }]])(
    "refuses %j, rather than replay all",
    async (body) => {
      await expect(send("replay", { body })).rejects.toMatchObject({
        type: MedusaError.Types.INVALID_DATA,
      })
      expect(calls).toEqual([])
    }
  )
})

describe("POST /admin/semantic-search/discard", () => {
  it("gives up those that are named", async () => {
    expect(await send("discard", { body: { ids: [ID] } })).toEqual({ discarded: 1 })
  })

  it.each([[undefined], [{}], [{ ids: [] }], [{ ids: [7] }]])(
    "refuses %j, since nothing is given up unnamed",
    async (body) => {
      await expect(send("discard", { body })).rejects.toMatchObject({
        type: MedusaError.Types.INVALID_DATA,
      })
      expect(calls).toEqual([])
    }
  )
})
