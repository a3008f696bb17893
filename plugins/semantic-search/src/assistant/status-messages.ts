import type { AssistantStatus } from "./message-stream"

export type StatusReason = NonNullable<AssistantStatus["reason"]>

/** Why an answer came from retrieval alone. */
export type FallbackReason = Exclude<StatusReason, "model_loading">

const NO_WRITER = "The assistant can't write an answer right now. These products fit best."

const MESSAGES: Record<StatusReason, string> = {
  no_model: NO_WRITER,
  model_missing: NO_WRITER,
  model_loading: "The assistant is getting ready; this takes a moment.",
  timeout: "The answer took too long. These products fit best.",
  error: "The answer couldn't be finished. These products fit best.",
  busy: "Many shoppers are asking right now. These products fit best.",
  no_results: "Nothing in this shop fits the question.",
}

/** What a shopper is told; the operator's log says more. */
export function statusMessage(reason: StatusReason): string {
  return MESSAGES[reason]
}
