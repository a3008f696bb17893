import { createServer } from "node:http"
import { once } from "node:events"

const ANSWER = ["The ", "closest ", "is ", "[1]."]

/**
 * A server that speaks what the assistant uses of Ollama's API, and says the same to everybody: what is
 * looked at here is what is measured of a model, not what it says.
 *
 * @param {string} model
 */
export async function startLanguageModel(model) {
  const server = createServer(async (request, response) => {
    request.resume()
    await once(request, "end")
    const json = (value) => response.end(JSON.stringify(value))
    if (request.url === "/api/tags") return json({ models: [{ name: model }] })
    if (request.url === "/api/show") return json({ capabilities: ["completion"] })
    const line = (message, rest = {}) =>
      response.write(
        `${JSON.stringify({ model, created_at: new Date(0).toISOString(), message: { role: "assistant", ...message }, done: false, ...rest })}\n`
      )
    for (const content of ANSWER) line({ content })
    line(
      { content: "" },
      { done: true, done_reason: "stop", prompt_eval_count: 600, eval_count: ANSWER.length }
    )
    response.end()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
