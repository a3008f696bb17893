import type { ChatPiece } from "./chat-model"
import { createOllamaChatModel } from "./ollama-chat-model"
import {
  type ChatReply,
  type ScriptedOllama,
  type ScriptedOllamaOptions,
  startScriptedOllama,
} from "./testing/scripted-ollama"

const MODEL = "deepseek-r1:1.5b"

/** How long the scripted server "loads" the model, in milliseconds: it sends nothing, not even headers. */
const LOADING_MS = 4_000

/** A request of a shopper who left must be closed within this, in milliseconds. */
const CLOSED_WITHIN_MS = 1_000

let server: ScriptedOllama

async function start(options: ScriptedOllamaOptions, think = true) {
  server = await startScriptedOllama({ models: [MODEL], ...options })
  return createOllamaChatModel({ baseUrl: server.url, model: MODEL, think })
}

afterEach(() => server.stop())

const asks = (content: string) => [{ role: "user" as const, content }]
const forEver = () => ({ signal: new AbortController().signal, maxTokens: 100 })
const questionOf = ({ request }: ChatReply) => request.messages[0].content

async function collect(pieces: AsyncIterable<ChatPiece>) {
  const out = { text: "", thinking: "" }
  for await (const piece of pieces) {
    if (piece.type !== "usage") {
      out[piece.type] += piece.text
    }
  }
  return out
}

describe("what the model says", () => {
  it("comes in pieces, thoughts apart, when the server parts them", async () => {
    const model = await start({
      show: { capabilities: ["completion", "thinking"] },
      chat(reply) {
        reply.say({ thinking: "She wants space." })
        reply.say({ content: "Iron " })
        reply.say({ content: "Orbit [2]" })
        reply.done()
      },
    })
    expect(await collect(model.stream(asks("space"), forEver()))).toEqual({
      thinking: "She wants space.",
      text: "Iron Orbit [2]",
    })
  })

  it("ends with how much it read and wrote", async () => {
    const model = await start({
      chat(reply) {
        reply.say({ content: "Iron Orbit [2]" })
        reply.done()
      },
    })
    const pieces = []
    for await (const piece of model.stream(asks("space"), forEver())) {
      pieces.push(piece)
    }
    expect(pieces.filter(({ type }) => type === "usage")).toEqual([
      { type: "usage", inputTokens: 12, outputTokens: 3 },
    ])
  })

  it.each([
    ["tags in the text", ["<thi", "nk>Space.</", "think>\nIron Orbit"]],
    ["only a closing tag", ["Space.", "</think>", "Iron Orbit"]],
  ])("comes with thoughts apart when there are %s", async (_, contents) => {
    const model = await start({
      show: { capabilities: [], template: "{{ .Prompt }}<think>" },
      chat(reply) {
        contents.forEach((content) => reply.say({ content }))
        reply.done()
      },
    })
    expect(await collect(model.stream(asks("space"), forEver()))).toEqual({
      thinking: "Space.",
      text: "Iron Orbit",
    })
  })

  it("is no longer than was asked, though the server goes on", async () => {
    const closed = deferred<number>()
    const model = await start({
      async chat(reply) {
        Array.from({ length: 20 }, () => reply.say({ content: "x" }))
        closed.resolve(await reply.closed)
      },
    })
    const { text } = await collect(model.stream(asks("?"), { ...forEver(), maxTokens: 5 }))
    expect(text).toBe("xxxxx")
    await closed.promise
  })

  it("asks for no thoughts where thinking is off, and never forces them on a model", async () => {
    const bodies: ChatReply["request"][] = []
    const chat = (reply: ChatReply) => {
      bodies.push(reply.request)
      reply.say({ content: "Emma" })
      reply.done()
    }
    const off = await start({ chat }, false)
    await collect(off.stream(asks("?"), forEver()))
    await collect(
      createOllamaChatModel({ baseUrl: server.url, model: MODEL, think: true }).stream(
        asks("?"),
        forEver()
      )
    )
    expect(bodies.map(({ think }) => think)).toEqual([false, undefined])
  })
})

describe("a failing server", () => {
  it.each<[string, (reply: ChatReply) => void, RegExp]>([
    ["refuses", (reply) => reply.fail(404, `model "x" not found`), /404.*not found/],
    [
      "reports an error half-way",
      (reply) => reply.line({ error: "runner crashed" }),
      /runner crashed/,
    ],
    ["cuts the connection", (reply) => (reply.say({ content: "Em" }), reply.cut()), /./],
  ])("makes the answer fail when it %s", async (_, chat, message) => {
    const model = await start({ chat })
    await expect(collect(model.stream(asks("?"), forEver()))).rejects.toThrow(message)
  })
})

describe("availability", () => {
  it("is asked of the server once for many questions", async () => {
    const model = await start({})
    expect(await model.availability()).toEqual({ available: true })
    await model.availability()
    expect(server.paths.filter((path) => path === "/api/tags")).toHaveLength(1)
  })

  it("says how to get a model that is missing", async () => {
    const model = await start({ models: ["other:latest"] })
    expect(await model.availability()).toMatchObject({
      reason: "model_missing",
      message: expect.stringContaining(`ollama pull ${MODEL}`),
    })
  })

  it("finds a model that was pulled without a tag", async () => {
    server = await startScriptedOllama({ models: ["mine:latest"] })
    const model = createOllamaChatModel({ baseUrl: `${server.url}/`, model: "mine", think: true })
    expect(await model.availability()).toEqual({ available: true })
  })

  it("says that the server doesn't answer", async () => {
    const model = await start({})
    await server.stop()
    expect(await model.availability()).toMatchObject({
      reason: "no_model",
      message: expect.stringContaining("ECONNREFUSED"),
    })
  })
})

describe("two shoppers, one of whom leaves", () => {
  /** The one who stays gets the rest of the answer only after the other's request is closed. */
  async function run(duringLoad: boolean) {
    const arrived = deferred<void>()
    const closed = deferred<number>()
    const model = await start({
      async chat(reply) {
        if (questionOf(reply) === "leaves") {
          const loading = setTimeout(() => reply.say({ content: "late" }), LOADING_MS)
          if (!duringLoad) {
            reply.say({ content: "first" })
          }
          arrived.resolve()
          closed.resolve(await reply.closed)
          clearTimeout(loading)
          return
        }
        reply.say({ content: "Emma " })
        await closed.promise
        reply.say({ content: "[1] suits " })
        reply.say({ content: "you." })
        reply.done()
      },
    })
    const leaving = new AbortController()
    const staying = collect(model.stream(asks("stays"), forEver()))
    const left = collect(model.stream(asks("leaves"), { ...forEver(), signal: leaving.signal }))
    const failed = left.then(
      () => "answered",
      () => "ended"
    )
    await arrived.promise
    const leftAt = performance.now()
    leaving.abort()
    const closedAfterMs = (await closed.promise) - leftAt
    return { closedAfterMs, left: await failed, stayed: (await staying).text }
  }

  it.each([
    ["while the model loads", true],
    ["in the middle of the answer", false],
  ])("closes the request of the one %s, and goes on for the other", async (_, duringLoad) => {
    const { closedAfterMs, left, stayed } = await run(duringLoad)
    expect(closedAfterMs).toBeLessThan(CLOSED_WITHIN_MS)
    expect(left).toBe("ended")
    expect(stayed).toBe("Emma [1] suits you.")
  })
})

function deferred<T>() {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}
