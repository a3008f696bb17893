import { setTimeout as sleep } from "node:timers/promises"
import {
  type EmbedOptions,
  type Embedder,
  type EmbedderHealth,
  EmbedderInputError,
  EmbedderUnavailableError,
  type HealthOptions,
  type SimilarityScale,
} from "../embedder"
import { prefixed } from "../models"
import { checkedVectors } from "../vector"
import { answerError, RateLimitedError, TextTooLongError, TransientError } from "./answer-error"
import { cut } from "./cut"
import type { EmbeddingProtocol } from "./protocol"
import { RequestPace, type RequestPaceOptions } from "./request-pace"

export interface RemoteEmbedderOptions extends RequestPaceOptions {
  /** `model@revision`, under which the vectors are stored. */
  id: string
  /** Where the server is, up to what comes before the protocol's path. */
  base_url: string
  /** The model's name on the server. */
  model: string
  /** The name under which the server embeds queries, where that is another. */
  query_model?: string
  query_prefix?: string
  document_prefix?: string
  dimensions: number
  similarity: SimilarityScale
  /** Sent with each request, such as `{ authorization: "Bearer …" }`. */
  headers: Record<string, string>
  /** How long a request may take, from when it is sent, in milliseconds. */
  timeout_ms: number
  /** How often a request is repeated that failed for no lasting reason. */
  max_retries: number
  /** Texts a request. */
  batch_size: number
  /** Where texts are cut before they are sent, prefix included, in characters. */
  max_characters: number
}

type Purpose = NonNullable<EmbedOptions["purpose"]>

/** Before the first repetition; doubled for each further one. In milliseconds. */
const FIRST_BACK_OFF_MS = 250
const MAX_BACK_OFF_MS = 8_000

/** How long a server is left alone that wants fewer requests and doesn't say when: doubled each time. */
const FIRST_LIMIT_MS = 2_000
const MAX_LIMIT_MS = 60_000

/** The longest that a server's `Retry-After` is heeded: it may be wrong, and nobody would notice. */
const MAX_RETRY_AFTER_MS = 3_600_000

/** A text refused as too long is halved and tried again, down to here: no model takes less. */
const SHORTEST_CUT = 250

/** A text that no server has anything against. */
const HARMLESS_TEXT = "a"

/** An answer is proof of health for this time, in milliseconds. */
const HEALTH_FRESH_MS = 10_000
/** A look at the health takes no longer, in milliseconds. */
const HEALTH_TIMEOUT_MS = 10_000

/**
 * Embeds through a server.
 *
 * - A request that fails for no lasting reason (network, time-out, 5xx) is repeated, with growing,
 *   jittered pauses.
 * - A server that wants fewer requests (429, or 503 with `Retry-After`) gets none for as long as it says:
 *   every call fails at once meanwhile, and its error says for how long.
 * - A text is blamed only after a harmless text was embedded: where that fails as well, it is the
 *   server's fault, or the options'.
 */
export class RemoteEmbedder implements Embedder {
  readonly id: string
  readonly dimensions: number
  readonly similarity: SimilarityScale
  readonly batch_size: number
  readonly concurrency: number

  private readonly url_: string
  private readonly whose_: string
  private readonly pace_: RequestPace
  private closing_ = new AbortController()
  private limited_: { until: number; reason: string } | undefined
  private limitations_ = 0
  private answered_at_ = 0

  constructor(
    private readonly options_: RemoteEmbedderOptions,
    private readonly protocol_: EmbeddingProtocol
  ) {
    this.id = options_.id
    this.dimensions = options_.dimensions
    this.similarity = options_.similarity
    this.batch_size = options_.batch_size
    this.concurrency = options_.concurrency
    this.url_ = options_.base_url.replace(/\/+$/, "") + protocol_.path
    this.whose_ = `The embedding server at ${this.url_}`
    this.pace_ = new RequestPace(options_)
  }

  async embed(texts: string[], { purpose = "document" }: EmbedOptions = {}): Promise<number[][]> {
    const { batch_size, max_characters } = this.options_
    const inputs = texts.map((text) => cut(prefixed(text, purpose, this.options_), max_characters))
    const batches: Promise<number[][]>[] = []
    for (let start = 0; start < inputs.length; start += batch_size) {
      batches.push(this.embedBatch(inputs.slice(start, start + batch_size), purpose))
    }
    // Settled, not raced: no request may be left without somebody who hears of its failure.
    const results = await Promise.allSettled(batches)
    return results.flatMap((result) => {
      if (result.status === "rejected") {
        throw result.reason
      }
      return result.value
    })
  }

  async health({ fresh = false }: HealthOptions = {}): Promise<EmbedderHealth> {
    if (!fresh && Date.now() - this.answered_at_ < HEALTH_FRESH_MS) {
      return { ok: true }
    }
    try {
      const timeout_ms = Math.min(this.options_.timeout_ms, HEALTH_TIMEOUT_MS)
      const purpose = fresh ? "document" : "query"
      await this.ask([HARMLESS_TEXT], purpose, { max_retries: 0, timeout_ms })
      return { ok: true }
    } catch (error) {
      return { ok: false, reason: (error as Error).message }
    }
  }

  async close(): Promise<void> {
    this.closing_.abort(new EmbedderUnavailableError("The embedder was closed"))
    this.closing_ = new AbortController()
  }

  private async embedBatch(inputs: string[], purpose: Purpose): Promise<number[][]> {
    try {
      return await this.ask(inputs, purpose)
    } catch (error) {
      if (inputs.length > 1 || !(error instanceof EmbedderInputError)) {
        throw error
      }
      return await this.embedRefused(inputs[0], purpose, error)
    }
  }

  /** Embeds the beginning of a text that is too long; otherwise finds out whether the text is to blame. */
  private async embedRefused(
    input: string,
    purpose: Purpose,
    refusal: EmbedderInputError
  ): Promise<number[][]> {
    if (refusal instanceof TextTooLongError && input.length / 2 >= SHORTEST_CUT) {
      return await this.embedBatch([cut(input, Math.floor(input.length / 2))], purpose)
    }
    try {
      await this.ask([HARMLESS_TEXT], purpose)
    } catch (error) {
      if (error instanceof EmbedderInputError) {
        throw new EmbedderUnavailableError(`It refuses every text: ${error.message}`)
      }
      throw error
    }
    throw refusal
  }

  /** Asks the server, again where it failed for no lasting reason. */
  private async ask(
    inputs: string[],
    purpose: Purpose,
    { max_retries, timeout_ms }: { max_retries: number; timeout_ms: number } = this.options_
  ): Promise<number[][]> {
    const { signal } = this.closing_
    for (let attempt = 0; ; attempt++) {
      this.assertNotLimited()
      try {
        return await this.pace_.run(purpose, signal, () =>
          this.request(inputs, purpose, timeout_ms, signal)
        )
      } catch (error) {
        if (signal.aborted) {
          throw signal.reason
        }
        if (!(error instanceof TransientError) || attempt >= max_retries) {
          throw error
        }
        const pause = Math.min(FIRST_BACK_OFF_MS * 2 ** attempt, MAX_BACK_OFF_MS)
        // Jittered: what failed together isn't repeated together.
        await sleep(pause * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {
          throw signal.reason
        })
      }
    }
  }

  private async request(
    inputs: string[],
    purpose: Purpose,
    timeout_ms: number,
    signal: AbortSignal
  ): Promise<number[][]> {
    // It may have been limited while this request waited for its turn.
    this.assertNotLimited()
    const { model, query_model = model, headers, dimensions } = this.options_
    const content = this.protocol_.request(inputs, purpose === "query" ? query_model : model)
    const { response, body } = await this.post(content, headers, timeout_ms, signal)
    if (!response.ok) {
      throw this.noted(answerError(response, withoutSecrets(body, headers), this.whose_))
    }
    const vectors = checkedVectors(this.protocol_.vectors(this.parsed(body)), {
      count: inputs.length,
      dimensions,
      whose: this.whose_,
    })
    this.answered_at_ = Date.now()
    this.limitations_ = 0
    return vectors
  }

  private async post(
    content: object,
    headers: Record<string, string>,
    timeout_ms: number,
    signal: AbortSignal
  ): Promise<{ response: Response; body: string }> {
    const request = new AbortController()
    const abort = () => request.abort()
    const timer = setTimeout(abort, timeout_ms)
    signal.addEventListener("abort", abort)
    try {
      const response = await fetch(this.url_, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(content),
        signal: request.signal,
      })
      return { response, body: await response.text() }
    } catch (error) {
      const reason = request.signal.aborted
        ? `gave no answer within ${timeout_ms} ms`
        : `can't be reached: ${networkReason(error as Error)}`
      throw new TransientError(`${this.whose_} ${reason}`)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener("abort", abort)
    }
  }

  private parsed(body: string): unknown {
    try {
      return JSON.parse(body)
    } catch {
      throw new EmbedderUnavailableError(
        `${this.whose_} answered with something else than JSON. Check the option "base_url".`
      )
    }
  }

  private assertNotLimited(): void {
    const rest = (this.limited_?.until ?? 0) - Date.now()
    if (this.limited_ && rest > 0) {
      throw new EmbedderUnavailableError(this.limited_.reason, { retry_after_ms: rest })
    }
  }

  /** Remembers for how long the server wants no requests. */
  private noted(error: Error): Error {
    if (!(error instanceof RateLimitedError)) {
      return error
    }
    const asked = error.retry_after_ms ?? FIRST_LIMIT_MS * 2 ** this.limitations_
    const longest = error.retry_after_ms === undefined ? MAX_LIMIT_MS : MAX_RETRY_AFTER_MS
    const retry_after_ms = Math.min(asked, longest)
    this.limitations_++
    const until = Math.max(this.limited_?.until ?? 0, Date.now() + retry_after_ms)
    this.limited_ = { until, reason: error.message }
    return new EmbedderUnavailableError(error.message, { retry_after_ms })
  }
}

/** "connect ECONNREFUSED 127.0.0.1:11434" rather than fetch's "fetch failed". */
function networkReason({ message, cause }: Error): string {
  const { message: reason, code } = (cause ?? {}) as { message?: string; code?: string }
  return reason || code || message
}

/** What a server repeats of a key must not get into logs, nor into the admin. */
function withoutSecrets(text: string, headers: Record<string, string>): string {
  const secrets = Object.values(headers)
    .map((value) => value.replace(/^Bearer /, ""))
    .filter(Boolean)
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, "…"), text)
}
