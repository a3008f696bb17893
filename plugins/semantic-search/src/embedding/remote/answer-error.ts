import { EmbedderInputError, EmbedderUnavailableError } from "../embedder"
import { retryAfterMs } from "./retry-after"

/** Nothing says that the next request fails as well: it is made soon. */
export class TransientError extends EmbedderUnavailableError {}

/** The text has more tokens than the model takes; a shorter one may pass. */
export class TextTooLongError extends EmbedderInputError {}

/** How much of a server's error is repeated, in characters. */
const MAX_DETAIL = 300

/** How servers say that a text is too long; llama.cpp's does so with the status 500. */
const TOO_LONG =
  /too (long|large)|maximum (context|input)|context (length|size|window)|exceed|token limit/i

/** Ollama's runner dies of a text that is too long, and Ollama says that it hung up. */
const RUNNER_DIED = /\bEOF\b/

/** The model's answer isn't a number, which JSON can't carry. */
const NOT_A_NUMBER = /\bNaN\b/

/** What can be done about a status that another try doesn't change. */
const REMEDIES: Record<number, string> = {
  401: `Check the option "api_key".`,
  403: `Check the option "api_key".`,
  404: `Check the options "base_url" and "model".`,
  405: `Check the option "base_url".`,
}

/**
 * What an answer with an error status means: whose fault it is, and when to try again.
 *
 * @param whose the server, as errors name it
 */
export function answerError(response: Response, body: string, whose: string): Error {
  const { status } = response
  const detail = errorText(body)
  const message = `${whose} answered ${status}${detail && `: ${detail}`}`
  const retry_after_ms = retryAfterMs(response.headers.get("retry-after"))
  if (status === 429 || (status === 503 && retry_after_ms !== undefined)) {
    return new RateLimitedError(message, { retry_after_ms })
  }
  const blamed = status === 400 || status === 413 || status === 422
  if (
    status === 413 ||
    ((blamed || status === 500) && TOO_LONG.test(detail)) ||
    (status === 500 && RUNNER_DIED.test(detail))
  ) {
    return new TextTooLongError(message)
  }
  if (blamed || (status === 500 && NOT_A_NUMBER.test(detail))) {
    return new EmbedderInputError(message)
  }
  if (status >= 500 || status === 408) {
    return new TransientError(message)
  }
  const remedy = REMEDIES[status]
  return new EmbedderUnavailableError(remedy ? `${message}. ${remedy}` : message)
}

/** The server wants fewer requests; it may have said when it takes the next one. */
export class RateLimitedError extends EmbedderUnavailableError {}

/** The text of an error, of which every server has its own shape. */
function errorText(body: string): string {
  let text = body
  try {
    const { error, message, detail } = JSON.parse(body)
    text = error?.message ?? error ?? message ?? detail ?? body
  } catch {
    // No JSON: a proxy's page, or nothing.
  }
  return (typeof text === "string" ? text : JSON.stringify(text)).trim().slice(0, MAX_DETAIL)
}
