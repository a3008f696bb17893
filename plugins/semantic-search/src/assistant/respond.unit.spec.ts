import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { parseJsonEventStream, readUIMessageStream, type UIMessage, uiMessageChunkSchema } from "ai"
import type { ChatModel, ChatPiece } from "./chat-model"
import { type AssistantChunk, openMessageStream } from "./message-stream"
import { validatePluginOptions } from "./options"
import { respond } from "./respond"
import { createSlots } from "./slots"

const question = { text: "A sea story?", search: "A sea story?", history: [] }
const hits = ["Moby-Dick", "Emma", "Dracula", "Ulysses", "Kim"].map((title, i) => ({
  n: i + 1,
  id: `prod_${i + 1}`,
  document: { title },
}))

/** A model that says these pieces, then fails or waits for its signal if asked to. */
function saying(texts: (string | ChatPiece)[], end?: "fail" | "hang"): ChatModel {
  return {
    provider: "script",
    name: "sayer",
    availability: async () => ({ available: true }),
    async *stream(_messages, { signal }) {
      for (const piece of texts) {
        yield typeof piece === "string" ? { type: "text", text: piece } : piece
      }
      if (end === "fail") {
        throw new Error("runner crashed")
      }
      if (end === "hang") {
        await new Promise((_, reject) => {
          const stop = () => reject(signal.reason as Error)
          return signal.aborted ? stop() : signal.addEventListener("abort", stop)
        })
      }
    },
  }
}

interface Setup {
  model?: ChatModel
  options?: Record<string, unknown>
  found?: typeof hits
  slots?: ReturnType<typeof createSlots>
  signal?: AbortSignal
  warn?: (message: string) => void
}

async function answer({ model, options, found = hits, slots = createSlots(1), ...rest }: Setup) {
  const { signal = new AbortController().signal, warn = () => undefined } = rest
  const chunks: AssistantChunk[] = []
  const { outcome } = await respond(
    { question, hits: found, signal },
    { options: validatePluginOptions({ assistant: options }).assistant, model, slots, warn },
    (chunk) => chunks.push(chunk)
  )
  const status = chunks.flatMap((chunk) => (chunk.type === "data-status" ? [chunk.data] : []))
  const cited = chunks.flatMap((chunk) =>
    chunk.type === "data-citations" ? chunk.data.citations.map(({ n }) => n) : []
  )
  return {
    outcome,
    types: chunks.map(({ type }) => type),
    text: chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join(""),
    reasoning: chunks
      .map((chunk) => (chunk.type === "reasoning-delta" ? chunk.delta : ""))
      .join(""),
    status,
    cited,
  }
}

describe("an answer of the model", () => {
  it("sends the products first, then the words, then the products that these cite", async () => {
    const { types, text, status, cited } = await answer({
      model: saying(["Moby-Dick [1", "] is one, Lost City [9] isn't."]),
    })
    expect(types).toEqual([
      "start",
      "data-hits",
      "data-status",
      "text-start",
      "text-delta",
      "text-delta",
      "text-end",
      "data-status",
      "data-citations",
      "finish",
    ])
    expect(text).toBe("Moby-Dick [1] is one, Lost City isn't.")
    expect(cited).toEqual([1])
    expect(status.map(({ state }) => state)).toEqual(["generating", "done"])
  })

  it("cites no product that the model hasn't read", async () => {
    expect(await answer({ model: saying(["Ulysses [4]"]) })).toMatchObject({
      text: "Ulysses",
      cited: [],
    })
  })

  it.each([
    ["hidden", ""],
    ["shown", "She likes ships."],
  ])("keeps thoughts %s", async (thinking, reasoning) => {
    const thought: ChatPiece = { type: "thinking", text: "She likes ships." }
    const result = await answer({
      model: saying([thought, "Moby-Dick [1]"]),
      options: { thinking },
    })
    expect(result).toMatchObject({ reasoning, text: "Moby-Dick [1]" })
  })
})

describe("without the model's answer, retrieval answers and says why", () => {
  const retrieved = "The closest matches in this shop are Moby-Dick [1], Emma [2] and Dracula [3]."
  const missing: ChatModel = {
    ...saying([]),
    availability: async () => ({ available: false, reason: "model_missing", message: "pull it" }),
  }

  it.each<[string, Setup]>([
    ["no_model", {}],
    ["model_missing", { model: missing }],
    ["busy", { model: saying(["Emma"]), slots: createSlots(0) }],
    ["error", { model: saying([], "fail") }],
    ["error", { model: saying([{ type: "thinking", text: "only thoughts" }]) }],
    ["timeout", { model: saying([], "hang"), options: { timeout_ms: 20 } }],
    ["timeout", { model: saying([], "hang"), options: { first_token_timeout_ms: 20 } }],
  ])("%s", async (reason, setup) => {
    const { text, cited, status, types } = await answer(setup)
    expect(text).toBe(retrieved)
    expect(cited).toEqual([1, 2, 3])
    expect(status.at(-1)).toMatchObject({
      state: "retrieval_only",
      reason,
      message: expect.stringMatching(/\w/),
    })
    expect(types.at(-1)).toBe("finish")
  })

  it("no_results", async () => {
    const { text, status, cited } = await answer({ model: saying(["Emma [1]"]), found: [] })
    expect(text).toContain("found nothing")
    expect(status).toMatchObject([{ state: "retrieval_only", reason: "no_results" }])
    expect(cited).toEqual([])
  })

  it("keeps what the model said before it failed, and tells the operator", async () => {
    const warn = jest.fn()
    const { text, cited } = await answer({ model: saying(["Dracula [3] is"], "fail"), warn })
    expect(text).toBe(`Dracula [3] is${retrieved}`)
    expect(cited).toEqual([3, 1, 2])
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("runner crashed"))
  })

  it("gives the slot back whatever becomes of the model", async () => {
    const slots = createSlots(1)
    await answer({ model: saying([], "fail"), slots })
    expect(await answer({ model: saying(["Emma [2]"]), slots })).toMatchObject({ text: "Emma [2]" })
  })
})

describe("over HTTP", () => {
  let server: Server

  async function serve(model: ChatModel, whenDone: (left: boolean) => void = () => undefined) {
    server = createServer((_request, response) => {
      const left = new AbortController()
      response.once("close", () => left.abort())
      const stream = openMessageStream(response)
      void respond(
        { question, hits, signal: left.signal },
        {
          options: validatePluginOptions({}).assistant,
          model,
          slots: createSlots(1),
          warn: () => undefined,
        },
        stream.write
      ).then(() => {
        whenDone(left.signal.aborted)
        stream.end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it("is a stream that AI SDK reads into a message", async () => {
    const response = await fetch(await serve(saying(["Moby-Dick ", "[1]"])))
    expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1")
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform")
    const stream = parseJsonEventStream({
      stream: response.body!,
      schema: uiMessageChunkSchema,
    }).pipeThrough(
      new TransformStream({
        transform(part, controller) {
          if (!part.success) {
            throw part.error
          }
          controller.enqueue(part.value)
        },
      })
    )
    let message: UIMessage | undefined
    for await (message of readUIMessageStream({ stream }));
    expect(message?.parts).toMatchObject([
      { type: "data-hits", data: { query: "A sea story?" } },
      { type: "data-status", data: { state: "done" } },
      { type: "text", text: "Moby-Dick [1]" },
      { type: "data-citations", data: { citations: [{ n: 1, id: "prod_1" }] } },
    ])
  })

  it("stops the model when the shopper leaves", async () => {
    let done!: (left: boolean) => void
    const ended = new Promise<boolean>((resolve) => (done = resolve))
    const url = await serve(saying(["Moby-Dick"], "hang"), done)
    const leaving = new AbortController()
    const response = await fetch(url, { signal: leaving.signal })
    await response.body!.getReader().read()
    leaving.abort()
    expect(await ended).toBe(true)
  })
})
