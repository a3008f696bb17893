import type { ServerResponse } from "node:http"
import { UI_MESSAGE_STREAM_HEADERS, type UIMessageChunk } from "ai"
import type { AssistantHit, Citation } from "./hits"

/** Where an answer stands. */
export interface AssistantStatus {
  state: "generating" | "retrieval_only" | "done"
  reason?:
    "no_model" | "model_missing" | "model_loading" | "timeout" | "error" | "busy" | "no_results"
  /** A sentence for the shopper. */
  message?: string
}

/** The `data-…` parts of an answer, besides AI SDK's own parts. */
export type AssistantData = {
  hits: { query: string; hits: AssistantHit[] }
  status: AssistantStatus
  citations: { citations: Citation[] }
}

export type AssistantChunk = UIMessageChunk<never, AssistantData>

/** Takes the parts of an answer as they come. */
export type ChunkSink = (chunk: AssistantChunk) => unknown

/** `compression`, where it is on, adds this to a response. */
type FlushableResponse = ServerResponse & { flush?: () => void }

/**
 * Opens AI SDK's UI message stream on a response. It is written by hand, because the SDK's own pipe neither
 * hears that the shopper left nor flushes.
 */
export function openMessageStream(response: FlushableResponse): { write: ChunkSink; end(): void } {
  const headers = {
    ...UI_MESSAGE_STREAM_HEADERS,
    // "no-transform" keeps compression, here or in a proxy, from gathering the pieces.
    "cache-control": "no-cache, no-transform",
  }
  response.statusCode = 200
  Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value))
  response.flushHeaders()
  const send = (data: string) => {
    if (response.writable && !response.destroyed) {
      response.write(`data: ${data}\n\n`)
      response.flush?.()
    }
  }
  return {
    write: (chunk) => send(JSON.stringify(chunk)),
    end() {
      send("[DONE]")
      response.end()
    },
  }
}
