import "server-only"
import { backendConfig } from "../config"

/** Headers of the shopper's request that the backend needs to tell shoppers apart. */
const PASSED_ON = ["x-forwarded-for", "accept-language"] as const

/** The longest body that is passed on, in characters: a long conversation, but no upload. */
const MAX_BODY_LENGTH = 256 * 1024

/**
 * Passes a browser's JSON on to a store route of the backend, with the key that the browser never sees.
 * The upstream request ends when the shopper's does.
 *
 * @param path of the store route, such as "/store/search"
 * @returns the backend's answer as it comes; 403 for a request that another site's page makes, 413 when
 * the body is too long, 502 when nobody answers
 */
export async function postStore(path: string, request: Request): Promise<Response> {
  if (request.headers.get("sec-fetch-site") === "cross-site") {
    return failure(403, "The shop answers its own pages only.")
  }
  const tooLong = () => failure(413, "That is more text than the shop can take. Please shorten it.")
  if (Number(request.headers.get("content-length")) > MAX_BODY_LENGTH) {
    return tooLong()
  }
  const body = await request.text()
  if (body.length > MAX_BODY_LENGTH) {
    return tooLong()
  }
  const { url, publishableKey } = backendConfig()
  const headers = new Headers({
    "content-type": "application/json",
    "x-publishable-api-key": publishableKey,
  })
  for (const name of PASSED_ON) {
    const value = request.headers.get(name)
    if (value) {
      headers.set(name, value)
    }
  }
  try {
    return await fetch(url + path, {
      method: "POST",
      headers,
      body,
      signal: request.signal,
      cache: "no-store",
    })
  } catch {
    return failure(
      502,
      "The shop's back room doesn't answer just now. Please try again in a moment."
    )
  }
}

/** An error in the shape that Medusa gives its own. */
export function failure(status: number, message: string, headers?: Headers): Response {
  const type = status < 500 ? "invalid_data" : "unexpected_state"
  return Response.json({ type, message }, { status, headers })
}
