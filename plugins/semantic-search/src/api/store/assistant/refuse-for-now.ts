import type { ServerResponse } from "node:http"

/**
 * Answers 429 in the shape of Medusa's errors, which have no type for it.
 *
 * @param seconds until the next question may be asked
 */
export function refuseForNow(response: ServerResponse, seconds: number): void {
  const message = `Too many questions in a short time. Ask again in ${seconds} seconds; a store sets how many may be asked with the plugin's option "assistant.rate_limit".`
  response
    .writeHead(429, { "content-type": "application/json", "retry-after": String(seconds) })
    .end(JSON.stringify({ type: "not_allowed", message }))
}
