import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** What a script does with one `/api/chat`. */
export interface ChatReply {
  /** The body that was sent. */
  request: { model: string; messages: { role: string; content: string }[]; [key: string]: unknown }
  /** Resolves with the time (`performance.now()`) at which the client had closed the request. */
  closed: Promise<number>
  /** Sends one line of the stream; the first one sends the headers as well. */
  say(message: { content?: string; thinking?: string }): void
  /** Ends the stream as Ollama does. */
  done(): void
  /** Sends a line of any kind. */
  line(value: unknown): void
  /** Cuts the connection. */
  cut(): void
  /** Answers with an error instead of a stream. */
  fail(status: number, error: string): void
}

export interface ScriptedOllamaOptions {
  /** Names that `/api/tags` lists. */
  models?: string[]
  /** What `/api/show` answers. */
  show?: { capabilities?: string[]; template?: string }
  /** Called for each `/api/chat`. */
  chat?: (reply: ChatReply) => void | Promise<void>
}

export interface ScriptedOllama {
  url: string
  /** The paths that were asked, in order. */
  paths: string[]
  stop(): Promise<void>
}

/** Starts a real HTTP server on a free local port that speaks what the assistant uses of Ollama's API. */
export async function startScriptedOllama(options: ScriptedOllamaOptions): Promise<ScriptedOllama> {
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url!)
    void answer(request, response, options)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { models = [], show, chat }: ScriptedOllamaOptions
): Promise<void> {
  const closed = new Promise<number>((resolve) =>
    response.once("close", () => resolve(performance.now()))
  )
  const body = await readBody(request)
  const json = (status: number, value: unknown) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value))
  }
  switch (request.url) {
    case "/api/tags":
      return json(200, { models: models.map((name) => ({ name })) })
    case "/api/show":
      return show ? json(200, show) : json(404, { error: "not found" })
    case "/api/chat":
      return await chat?.(createReply(JSON.parse(body), response, closed, json))
    default:
      return json(404, { error: "not found" })
  }
}

function createReply(
  request: ChatReply["request"],
  response: ServerResponse,
  closed: Promise<number>,
  json: (status: number, value: unknown) => void
): ChatReply {
  const line = (value: unknown) => {
    if (!response.headersSent) {
      response.writeHead(200, { "content-type": "application/x-ndjson" })
    }
    response.write(`${JSON.stringify(value)}\n`)
  }
  const base = { model: request.model, created_at: new Date(0).toISOString() }
  return {
    request,
    closed,
    line,
    say: ({ content = "", thinking }) =>
      line({ ...base, message: { role: "assistant", content, thinking }, done: false }),
    done() {
      const message = { role: "assistant", content: "" }
      const usage = { prompt_eval_count: 12, eval_count: 3 }
      line({ ...base, message, done: true, done_reason: "stop", ...usage })
      response.end()
    },
    cut: () => response.destroy(),
    fail: (status, error) => json(status, { error }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) {
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces).toString("utf8")
}
