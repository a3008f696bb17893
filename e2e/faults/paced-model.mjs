import { createServer } from "node:http"
import { json } from "node:stream/consumers"

/** What the shop is told to ask for. */
export const PACED_MODEL = "paced:latest"

/**
 * Stands in for Ollama, and writes an answer word by word as the test says: only so can a test be sure that
 * an answer is under way.
 *
 * @returns {Promise<{ url: string, nextChat(): Promise<Chat>, close(): Promise<void> }>} `nextChat` waits
 *   for a server of the shop to ask it.
 * @typedef {{ say(text: string): void, end(): void }} Chat
 */
export async function startPacedModel() {
  const waiting = []
  const asked = []
  const server = createServer(async (request, response) => {
    if (request.url === "/api/tags") {
      response.end(JSON.stringify({ models: [{ name: PACED_MODEL }] }))
    } else if (request.url === "/api/chat") {
      await json(request)
      response.writeHead(200, { "content-type": "application/x-ndjson" }).flushHeaders()
      const chat = chatOn(response)
      const next = waiting.shift()
      if (next) next(chat)
      else asked.push(chat)
    } else {
      response.writeHead(404).end("{}")
    }
  })
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    nextChat: async () => asked.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function chatOn(response) {
  const line = (content, rest) => {
    const message = { role: "assistant", content }
    const facts = { model: PACED_MODEL, created_at: new Date().toISOString() }
    response.write(`${JSON.stringify({ ...facts, message, ...rest })}\n`)
  }
  return {
    say: (text) => line(text, { done: false }),
    end() {
      line("", { done: true, done_reason: "stop", prompt_eval_count: 1, eval_count: 1 })
      response.end()
    },
  }
}
