import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** Components of a scripted vector. */
export const SERVER_DIMENSIONS = 8

/** A request, as the server got it. */
export interface EmbeddingRequest {
  path: string
  headers: IncomingMessage["headers"]
  body: { model: string; input: string[]; [key: string]: unknown }
  /** When it came, in milliseconds. */
  at: number
}

/** What the server does with a request that it isn't to answer as it should. */
export type Fault =
  /** Answers this. */
  | { status?: number; body: unknown; headers?: Record<string, string> }
  /** Cuts the connection. */
  | "cut"
  /** Never answers. */
  | "hang"

export interface ScriptedEmbeddingServer {
  url: string
  /** What it was asked, in order. */
  requests: EmbeddingRequest[]
  /** The most requests that were open at once. */
  most: number
  /** Says what goes wrong with a request; undefined, or no function: it is answered as it should. */
  fault?: (request: EmbeddingRequest) => Fault | undefined | Promise<Fault | undefined>
  stop(): Promise<void>
}

/** Whose routes the server has. */
export type Dialect = "ollama" | "openai"

/** A vector that depends on the text alone; its length isn't 1. */
export function scriptedVector(text: string): number[] {
  const vector = new Array<number>(SERVER_DIMENSIONS).fill(0.5)
  for (const [i, letter] of [...text].entries()) {
    vector[(letter.codePointAt(0)! + i) % SERVER_DIMENSIONS] += 1
  }
  return vector
}

/** What a server of a dialect answers for these vectors. OpenAI's order is nobody's promise. */
export function answerOf(dialect: Dialect, vectors: unknown[]): object {
  return dialect === "ollama"
    ? { model: "scripted", embeddings: vectors }
    : {
        object: "list",
        data: vectors
          .map((embedding, index) => ({ object: "embedding", index, embedding }))
          .reverse(),
      }
}

/** Starts a real HTTP server on a free local port. */
export async function startScriptedEmbeddingServer(
  dialect: Dialect,
  vectorOf = scriptedVector
): Promise<ScriptedEmbeddingServer> {
  let open = 0
  const server = createServer(async (request, response) => {
    scripted.most = Math.max(scripted.most, ++open)
    response.on("close", () => open--)
    const asked = await read(request)
    scripted.requests.push(asked)
    reply(response, (await scripted.fault?.(asked)) ?? proper(dialect, asked, vectorOf))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const scripted: ScriptedEmbeddingServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    most: 0,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return scripted
}

async function read(request: IncomingMessage): Promise<EmbeddingRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  const body = JSON.parse(Buffer.concat(chunks).toString())
  return { path: request.url!, headers: request.headers, body, at: performance.now() }
}

function proper(
  dialect: Dialect,
  { path, body }: EmbeddingRequest,
  vectorOf: (text: string) => number[]
): Fault {
  const expected = dialect === "ollama" ? "/api/embed" : "/v1/embeddings"
  return path === expected
    ? { body: answerOf(dialect, body.input.map(vectorOf)) }
    : { status: 404, body: "page not found" }
}

function reply(response: ServerResponse, fault: Fault): void {
  if (fault === "cut") {
    response.destroy()
  } else if (fault !== "hang") {
    const { status = 200, body, headers = {} } = fault
    response.writeHead(status, { "content-type": "application/json", ...headers })
    response.end(typeof body === "string" ? body : JSON.stringify(body))
  }
}
