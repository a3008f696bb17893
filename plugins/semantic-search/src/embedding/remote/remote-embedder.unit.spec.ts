import { createEmbedder } from "../../providers/pgvector/create-embedder"
import { resolveOptions } from "../../providers/pgvector/options"
import { EmbedderInputError, EmbedderUnavailableError } from "../embedder"
import {
  answerOf,
  type Dialect,
  type EmbeddingRequest,
  type Fault,
  type ScriptedEmbeddingServer,
  scriptedVector,
  SERVER_DIMENSIONS,
  startScriptedEmbeddingServer,
} from "../testing/scripted-embedding-server"
import { normalised } from "../vector"

const HARMLESS = "a"

describe.each<Dialect>(["ollama", "openai"])("a server with the routes of %s", (dialect) => {
  let server: ScriptedEmbeddingServer
  const embedders: ReturnType<typeof createEmbedder>[] = []

  beforeEach(async () => {
    server = await startScriptedEmbeddingServer(dialect)
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    await Promise.all(embedders.splice(0).map((embedder) => embedder.close()))
    await server.stop()
  })

  function embedderWith(options: object = {}) {
    const base_url = dialect === "openai" ? `${server.url}/v1` : server.url
    const { embedder: resolved } = resolveOptions({
      embedder: {
        type: dialect,
        base_url,
        model: "scripted",
        dimensions: SERVER_DIMENSIONS,
        similarity: { floor: 0.1, ceiling: 0.9 },
        max_retries: 1,
        ...options,
      },
    })
    const embedder = createEmbedder(resolved)
    embedders.push(embedder)
    return embedder
  }

  /** Has each of the next requests go wrong in its way; those after them are answered. */
  function script(...faults: (Fault | undefined)[]) {
    server.fault = () => faults.shift()
  }

  const sent = () => server.requests.map(({ body }) => body.input)

  const error = (status: number, message: string, headers = {}): Fault => ({
    status,
    body: dialect === "ollama" ? { error: message } : { error: { message, code: status } },
    headers,
  })

  describe("is asked", () => {
    it("by its route, for its model, batch by batch", async () => {
      const texts = ["whale", "robot", "love", "", "tea"]
      const vectors = await embedderWith({ batch_size: 2 }).embed(texts)
      expect(vectors).toEqual(
        texts.map((text) =>
          normalised(scriptedVector(text)).map((component) => expect.closeTo(component, 12))
        )
      )
      expect(sent().flat().sort()).toEqual([...texts].sort())
      expect(sent().map((input) => input.length)).toEqual([2, 2, 1])
      expect(new Set(server.requests.map(({ body }) => body.model))).toEqual(new Set(["scripted"]))
    })

    it("with the model's prefixes, cut to a length that it takes", async () => {
      const embedder = embedderWith({
        query_prefix: "query: ",
        document_prefix: "passage: ",
        max_characters: 12,
      })
      await embedder.embed(["white whale"])
      await embedder.embed(["white whale"], { purpose: "query" })
      // The last character that fits would be half of an emoji.
      await embedder.embed(["ab🐋"])
      await embedder.embed(["🐋🐋"])
      expect(sent()).toEqual([["passage: whi"], ["query: white"], ["passage: ab"], ["passage: 🐋"]])
    })

    it("with the headers that the store wants", async () => {
      await embedderWith({ headers: { "x-tenant": "books" } }).embed(["a"])
      expect(server.requests[0].headers).toMatchObject({
        "content-type": "application/json",
        "x-tenant": "books",
      })
    })

    it("by so many requests at once, and by queries beside them", async () => {
      let release = () => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      server.fault = async ({ body }) => {
        if (body.input[0] !== "query") {
          await gate
        }
        return undefined
      }
      const embedder = embedderWith({ batch_size: 1, concurrency: 2 })
      const documents = embedder.embed(["1", "2", "3", "4", "5"])
      const [query] = await embedder.embed(["query"], { purpose: "query" })
      expect(query).toHaveLength(SERVER_DIMENSIONS)
      release()
      expect(await documents).toHaveLength(5)
      // Two documents and the query.
      expect(server.most).toBe(3)
    })

    it("by no more requests a minute than agreed", async () => {
      const embedder = embedderWith({ batch_size: 1, concurrency: 4, requests_per_minute: 1_200 })
      const began = performance.now()
      await embedder.embed(["1", "2", "3", "4", "5"])
      // Four gaps of 50 ms; a timer may be a millisecond early.
      expect(server.requests[4].at - began).toBeGreaterThan(4 * 50 - 5)
    })
  })

  describe("that fails for no lasting reason", () => {
    it.each<[string, Fault]>([
      ["breaks down", { status: 500, body: "Internal Server Error" }],
      ["is behind a proxy that can't reach it", { status: 502, body: "<h1>Bad Gateway</h1>" }],
      ["is just starting", { status: 503, body: { error: "Loading model" } }],
      ["cuts the connection", "cut"],
    ])("is asked again when it %s", async (_what, fault) => {
      script(fault)
      expect(await embedderWith().embed(["whale"])).toHaveLength(1)
      expect(sent()).toEqual([["whale"], ["whale"]])
    })

    it("is asked so often and no oftener, and the text isn't blamed", async () => {
      server.fault = () => error(500, "out of memory")
      const failing = embedderWith({ max_retries: 2 }).embed(["whale"])
      await expect(failing).rejects.toThrow(EmbedderUnavailableError)
      await expect(failing).rejects.toThrow("answered 500: out of memory")
      expect(server.requests).toHaveLength(3)
    })

    it("is waited for no longer than the time-out", async () => {
      script("hang")
      const failing = embedderWith({ timeout_ms: 50, max_retries: 0 }).embed(["whale"])
      await expect(failing).rejects.toThrow(EmbedderUnavailableError)
      await expect(failing).rejects.toThrow(`${server.url}`)
      await expect(failing).rejects.toThrow("gave no answer within 50 ms")
    })

    it("is named where it can't be reached", async () => {
      const embedder = embedderWith({ max_retries: 0 })
      await server.stop()
      await expect(embedder.embed(["whale"])).rejects.toMatchObject({
        name: "EmbedderUnavailableError",
        message: expect.stringMatching(/can't be reached: .*ECONNREFUSED/),
      })
      expect(await embedder.health()).toMatchObject({ ok: false })
    })
  })

  describe("that wants fewer requests", () => {
    const limits: [string, number, Record<string, string>, number][] = [
      ["for some seconds", 429, { "retry-after": "20" }, 20_000],
      ["until a date", 429, { "retry-after": "Wed, 25 Nov 2026 10:00:30 GMT" }, 30_000],
      ["while it is overloaded", 503, { "retry-after": "7" }, 7_000],
      ["without saying for how long", 429, {}, 2_000],
    ]

    it.each(limits)("%s gets none until then", async (_what, status, headers, expected) => {
      let now = Date.parse("2026-11-25T10:00:00Z")
      jest.spyOn(Date, "now").mockImplementation(() => now)
      script(error(status, "slow down", headers))
      const embedder = embedderWith()
      const limited = { name: "EmbedderUnavailableError", message: /answered \d+: slow down/ }
      const failure = (await embedder
        .embed(["whale"])
        .catch((caught) => caught)) as EmbedderUnavailableError
      expect(failure).toMatchObject({ name: limited.name, retry_after_ms: expected })
      expect(failure.message).toMatch(limited.message)

      now += expected - 1
      await expect(embedder.embed(["whale"])).rejects.toMatchObject({ retry_after_ms: 1 })
      await expect(embedder.embed(["whale"], { purpose: "query" })).rejects.toMatchObject({
        retry_after_ms: 1,
      })
      expect(await embedder.health()).toMatchObject({ ok: false, reason: failure.message })
      expect(server.requests).toHaveLength(1)

      now += 1
      expect(await embedder.embed(["whale"])).toHaveLength(1)
    })

    it("and never says for how long is left alone longer each time", async () => {
      let now = Date.now()
      jest.spyOn(Date, "now").mockImplementation(() => now)
      server.fault = () => error(429, "slow down")
      const embedder = embedderWith()
      const pauses: number[] = []
      for (let i = 0; i < 7; i++) {
        const failure = await embedder.embed(["whale"]).catch((caught) => caught)
        pauses.push(failure.retry_after_ms)
        now += failure.retry_after_ms
      }
      expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
      server.fault = undefined
      await embedder.embed(["whale"])
      script(error(429, "slow down"))
      await expect(embedder.embed(["whale"])).rejects.toMatchObject({ retry_after_ms: 2_000 })
    })

    it("for longer than an hour is tried after an hour", async () => {
      script(error(429, "slow down", { "retry-after": "86400" }))
      await expect(embedderWith().embed(["whale"])).rejects.toMatchObject({
        retry_after_ms: 3_600_000,
      })
    })
  })

  describe("that refuses a text", () => {
    /** Refuses whatever holds a word. */
    const refuse = (word: string, fault: Fault) => {
      server.fault = ({ body }: EmbeddingRequest) =>
        body.input.some((text) => text.includes(word)) ? fault : undefined
    }

    it.each<[number, string]>([
      [400, "invalid input"],
      [422, "unprocessable"],
      [500, "failed to encode response: json: unsupported value: NaN"],
    ])("with %i %s takes a harmless one, so that text is to blame", async (status, message) => {
      refuse("poison", error(status, message))
      const refused = embedderWith().embed(["poison"])
      await expect(refused).rejects.toThrow(EmbedderInputError)
      await expect(refused).rejects.toThrow(`answered ${status}: ${message}`)
      expect(sent()).toEqual([["poison"], [HARMLESS]])
    })

    it("among others leaves it to the caller to find out which", async () => {
      refuse("poison", error(400, "invalid input"))
      const refused = embedderWith().embed(["whale", "poison"])
      await expect(refused).rejects.toThrow(EmbedderInputError)
      expect(sent()).toEqual([["whale", "poison"]])
    })

    it("and refuses a harmless one as well is to blame itself", async () => {
      server.fault = () => error(400, "this model can't embed")
      const failing = embedderWith().embed(["whale"])
      await expect(failing).rejects.toThrow(EmbedderUnavailableError)
      await expect(failing).rejects.toThrow("refuses every text")
    })

    it("and goes down meanwhile is no reason to blame the text", async () => {
      script(error(400, "invalid input"), error(429, "slow down", { "retry-after": "3" }))
      await expect(embedderWith().embed(["whale"])).rejects.toMatchObject({
        name: "EmbedderUnavailableError",
        retry_after_ms: 3_000,
      })
    })

    it.each<[number, string]>([
      [400, "the input length exceeds the context length"],
      [400, "This model's maximum context length is 8192 tokens"],
      [413, "Payload Too Large"],
      [500, "input (2002 tokens) is too large to process"],
      [500, `do embedding request: Post "http://127.0.0.1:1/embedding": EOF`],
    ])("as too long, with %i %s, gets the beginning of it", async (status, message) => {
      server.fault = ({ body }) =>
        body.input.some((text) => text.length > 600) ? error(status, message) : undefined
      expect(await embedderWith().embed(["x".repeat(3_000)])).toHaveLength(1)
      expect(sent().map(([text]) => text.length)).toEqual([2_000, 1_000, 500])
    })

    it("however short is refused in the end", async () => {
      refuse("x", error(500, "EOF"))
      const refused = embedderWith().embed(["x".repeat(1_000)])
      await expect(refused).rejects.toThrow(EmbedderInputError)
      expect(sent().map(([text]) => text.length)).toEqual([1_000, 500, 250, 1])
    })
  })

  describe("that answers what can't be stored", () => {
    const good = scriptedVector("whale")

    it.each<[string, unknown[], string]>([
      ["no vectors", [], "answered 0 vectors for 2 text(s)"],
      ["a vector too few", [good], "answered 1 vectors for 2 text(s)"],
      ["a vector too many", [good, good, good], "answered 3 vectors for 2 text(s)"],
      ["vectors that are too short", [good, good.slice(1)], "7 components instead of 8"],
      ["vectors of another encoding", ["AAAA", "AAAA"], "no components instead of 8"],
    ])("(%s) says so, and no text is to blame", async (_what, vectors, message) => {
      server.fault = () => ({ body: answerOf(dialect, vectors) })
      const failing = embedderWith().embed(["whale", "robot"])
      await expect(failing).rejects.toThrow(EmbedderUnavailableError)
      await expect(failing).rejects.toThrow(message)
    })

    it.each<[string, unknown[]]>([
      ["something that is no number", [null, ...good.slice(1)]],
      ["a number out of range", [1e39, ...good.slice(1)]],
      ["nothing but zeros", good.map(() => 0)],
    ])("(%s) for one text blames that text", async (_what, vector) => {
      server.fault = ({ body }) =>
        body.input.includes("poison")
          ? {
              body: answerOf(
                dialect,
                body.input.map((text) => (text === "poison" ? vector : good))
              ),
            }
          : undefined
      await expect(embedderWith().embed(["poison"])).rejects.toThrow(EmbedderInputError)
      await expect(embedderWith().embed(["whale", "poison"])).rejects.toThrow(EmbedderInputError)
    })

    it.each<[string, unknown]>([
      ["a page", "<html>Welcome</html>"],
      ["nothing", ""],
      ["null", "null"],
      ["a list", []],
    ])("(%s) says so", async (_what, body) => {
      server.fault = () => ({ body })
      await expect(embedderWith().embed(["whale"])).rejects.toThrow(EmbedderUnavailableError)
    })
  })

  describe("that isn't what the options say", () => {
    it.each<[number, string]>([
      [401, "api_key"],
      [403, "api_key"],
      [404, "base_url"],
      [405, "base_url"],
    ])("answers %i, and the error names the option", async (status, option) => {
      server.fault = () => error(status, "no")
      const failing = embedderWith().embed(["whale"])
      await expect(failing).rejects.toThrow(EmbedderUnavailableError)
      await expect(failing).rejects.toThrow(`"${option}"`)
      expect(server.requests).toHaveLength(1)
    })
  })

  it("gets no key of its answers into an error", async () => {
    server.fault = ({ headers }) => error(401, `wrong key: ${headers["x-key"]}`)
    const headers = { "x-key": "sk-secret", "x-unset": "" }
    const failing = embedderWith({ headers }).embed(["whale"])
    await expect(failing).rejects.toThrow("answered 401: wrong key: …. Check")
  })

  describe("whose embedder is closed", () => {
    it.each([{}, { requests_per_minute: 1 }])(
      "hears no more of what waits (%j), and can be asked again",
      async (options) => {
        server.fault = () => "hang"
        const embedder = embedderWith({ batch_size: 1, concurrency: 1, ...options })
        const waiting = embedder.embed(["1", "2", "3"])
        await embedder.close()
        await expect(waiting).rejects.toThrow("The embedder was closed")
        server.fault = undefined
        jest.spyOn(Date, "now").mockReturnValue(Date.now() + 300_000)
        expect(await embedder.embed(["whale"])).toHaveLength(1)
      }
    )
  })

  it("is well when it answers, and isn't asked again at once", async () => {
    const embedder = embedderWith()
    expect(await embedder.health()).toEqual({ ok: true })
    expect(await embedder.health()).toEqual({ ok: true })
    expect(server.requests).toHaveLength(1)
  })
})

describe("what only one kind of server is told", () => {
  async function bodyOf(dialect: Dialect, options: object, purpose: "query" | "document") {
    const server = await startScriptedEmbeddingServer(dialect)
    const base_url = dialect === "openai" ? `${server.url}/v1/` : `${server.url}/`
    const { embedder: resolved } = resolveOptions({
      embedder: {
        type: dialect,
        base_url,
        model: "scripted",
        dimensions: SERVER_DIMENSIONS,
        similarity: { floor: 0.1, ceiling: 0.9 },
        ...options,
      },
    })
    try {
      await createEmbedder(resolved).embed(["whale"], { purpose })
      return server.requests[0]
    } finally {
      await server.stop()
    }
  }

  it("is how Ollama keeps its model, and whether it cuts", async () => {
    const { body } = await bodyOf("ollama", { keep_alive: "30m", truncate: false }, "query")
    expect(body).toEqual({
      model: "scripted",
      input: ["whale"],
      keep_alive: "30m",
      truncate: false,
    })
    expect((await bodyOf("ollama", {}, "query")).body).toEqual({
      model: "scripted",
      input: ["whale"],
      truncate: true,
    })
  })

  it("is OpenAI's key, the model for queries and the dimensions", async () => {
    const options = { api_key: "sk-1", query_model: "scripted-query", request_dimensions: true }
    const query = await bodyOf("openai", options, "query")
    expect(query.headers.authorization).toBe("Bearer sk-1")
    expect(query.body).toEqual({
      model: "scripted-query",
      input: ["whale"],
      encoding_format: "float",
      dimensions: SERVER_DIMENSIONS,
    })
    const document = await bodyOf("openai", { ...options, request_dimensions: false }, "document")
    expect(document.body).toEqual({
      model: "scripted",
      input: ["whale"],
      encoding_format: "float",
    })
  })
})
